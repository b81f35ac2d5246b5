import type { Db } from '../db/open.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import { ATTACHMENT_MARK, attachmentsNamed } from './attachment-refs.ts';

/** An entry with an attachment that does not open here; gone, or damaged. */
export type SpoiltAttachment = {
  readonly stream: string;
  readonly seq: number;
  readonly kind: string;
  readonly author: string;
  readonly sha256: string;
  readonly isGone: boolean;
};

type Row = Pick<SpoiltAttachment, 'stream' | 'seq' | 'kind' | 'author'> & { readonly line: string };

/** Positions looked at together. */
const WINDOW = 1_000;

/**
 * Opens every attachment that the journal names, reading only, and answers each entry with one that does not open.
 * `progress` may throw to cancel.
 */
export async function spoiltAttachments(
  db: Db,
  attachments: Pick<AttachmentStore, 'read'>,
  progress: (done: number, total: number) => Promise<void>,
): Promise<readonly SpoiltAttachment[]> {
  const page = db.prepare<[number, number, string], Row>(
    `SELECT stream, seq, kind, author, line FROM entry
     WHERE position > ? AND position <= ? AND instr(line, ?) > 0 ORDER BY position`,
  );
  const end = db.prepare<[], { n: number | null }>('SELECT max(position) AS n FROM entry').get()?.n ?? 0;
  // Corrections name it again.
  const looked = new Map<string, 'whole' | 'gone' | 'damaged'>();
  const spoilt: SpoiltAttachment[] = [];
  for (let after = 0; after < end; after += WINDOW) {
    for (const { line, ...entry } of page.all(after, after + WINDOW, ATTACHMENT_MARK))
      for (const { sha256 } of attachmentsNamed(line)) {
        const state = looked.get(sha256) ?? stateOf(await attachments.read(sha256));
        looked.set(sha256, state);
        if (state !== 'whole') spoilt.push({ ...entry, sha256, isGone: state === 'gone' });
        await progress(after, end);
      }
    await progress(Math.min(end, after + WINDOW), end);
  }
  return spoilt;
}

const stateOf = (read: Awaited<ReturnType<AttachmentStore['read']>>) => {
  if (read.ok) return 'whole';
  return read.problem.code === 'file.unknown' ? 'gone' : 'damaged';
};
