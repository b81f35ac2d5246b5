import { CLOSED_ENTRY } from '../../shared/entry.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import type { JobControl, Services } from '../ipc/handlers.ts';
import type { ChainFault } from '../journal/verify.ts';
import { streamParts } from '../journal/entry-line.ts';
import { spoiltAttachments } from '../journal/spoilt-attachments.ts';
import type { Reader } from './told-looks.ts';

/** Named at most, like rows. */
const ENOUGH = 200;

/**
 * The entries whose attachments do not open here. One that has not come yet with somebody else's entry is no fault. Of
 * what is confidential the place is kept from whoever has not written it: that there is evidence would tell.
 */
export async function attachmentFaults(
  { db, attachments, journal, site }: Services,
  reader: Pick<Reader, 'id'>,
  job: JobControl,
): Promise<readonly ChainFault[]> {
  const all = await spoiltAttachments(db, attachments, (done, total) => job.progress('attachments', done, total));
  const faults = all.filter(({ isGone, stream }) => !isGone || streamParts(stream).writer === site.code);
  const isClosed = ({ kind, author }: (typeof all)[number]): boolean =>
    journal.toldAs(kind) === CLOSED_ENTRY && author !== reader.id;
  const open = faults
    .filter((one) => !isClosed(one))
    .map(({ stream, seq }) => ({ stream, seq, code: 'entry.attachment-damaged' satisfies ProblemCode }));
  const closed = faults.some(isClosed)
    ? [{ stream: site.code, seq: 0, code: 'entry.closed-attachment-damaged' satisfies ProblemCode }]
    : [];
  return [...open.slice(0, ENOUGH), ...closed];
}
