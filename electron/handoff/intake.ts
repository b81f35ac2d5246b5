import type { z } from 'zod';
import type { Entry } from '../../shared/entry.ts';
import type { HandoffCounts } from '../../shared/handoff.ts';
import { handoffEntries } from '../../shared/handoff-entries.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { Journal } from '../journal/journal.ts';
import { attachmentsNamed } from '../journal/attachment-refs.ts';

/** One line of a package, whose form and chain the package's reader has verified. */
export type VerifiedLine = { readonly entry: Entry; readonly line: string; readonly hash: Buffer };

/** An attachment that did not come with the entry that names it, nor before. */
export type Lacking = { readonly seq: number; readonly sha256: string };

/** A receipt as the station that took it tells of it. */
export type ShownReceipt = Pick<
  z.output<(typeof handoffEntries)['handoff.receipt-taken']['body']>,
  'number' | 'through'
>;

type Count = keyof Omit<HandoffCounts, 'exported'>;

/**
 * Takes foreign entries into the journal, in whatever order packages arrive: known ones are recognised, early ones held
 * until the gap before them closes, bad records quarantined. Must run inside a transaction. Holds all of them where
 * `holdsAll` is asked for.
 *
 * Throws `journal.fork` when the stream already holds, or holds back, other content under the same number: a site that
 * went on from an old copy of itself. Nothing is merged then.
 */
export function intake(db: Db, journal: Journal, holdsAll = false) {
  const heldAt = db.prepare<[string, number], { line: string; hash: Buffer }>(
    'SELECT line, hash FROM held WHERE stream = ? AND seq = ?',
  );
  const hold = db.prepare('INSERT INTO held (stream, seq, hash, line) VALUES (?, ?, ?, ?)');
  const unhold = db.prepare('DELETE FROM held WHERE stream = ? AND seq = ?');
  const counts: Record<Count, number> = { accepted: 0, alreadyKnown: 0, quarantined: 0, held: 0 };
  const named: Lacking[] = [];
  let receipt: ShownReceipt | null = null;
  const heads = new Map<string, { seq: number; hash: string }>();
  const headOf = (stream: string) => heads.get(stream) ?? journal.head(stream);

  const fork = (seq: number): never => {
    throw new ProblemError('journal.fork', { seq });
  };

  const takeNext = ({ entry, line, hash }: VerifiedLine): Count => {
    if (entry.prev !== headOf(entry.stream).hash) fork(entry.seq);
    const applied = journal.take(entry, line, hash);
    heads.set(entry.stream, { seq: entry.seq, hash: hash.toString('hex') });
    for (const { sha256 } of attachmentsNamed(line)) named.push({ seq: entry.seq, sha256 });
    return applied === 'accepted' ? 'accepted' : 'quarantined';
  };

  const keepAside = ({ entry, line, hash }: VerifiedLine): Count => {
    const held = heldAt.get(entry.stream, entry.seq);
    if (held && !held.hash.equals(hash)) fork(entry.seq);
    if (!held) hold.run(entry.stream, entry.seq, hash, line);
    return 'held';
  };

  const judge = (verified: VerifiedLine): Count => {
    const { entry, hash } = verified;
    const next = headOf(entry.stream).seq + 1;
    if (holdsAll || entry.seq > next) return keepAside(verified);
    if (entry.seq === next) return takeNext(verified);
    if (journal.hashAt(entry.stream, entry.seq) !== hash.toString('hex')) fork(entry.seq);
    return 'alreadyKnown';
  };

  return {
    take(verified: VerifiedLine): void {
      if (verified.entry.kind === 'handoff.receipt-taken') receipt = laterOf(receipt, verified.entry.body);
      counts[judge(verified)] += 1;
    },
    /**
     * Takes what was held as far as the gaps before it are closed; returns how many. What is held is judged anew by
     * `rejudge`, first of all and whenever keys were changed on the way.
     */
    drain(stream: string, rejudge: () => void = () => undefined): number {
      let drained = 0;
      rejudge();
      for (let seq = headOf(stream).seq + 1; ; seq += 1) {
        const held = heldAt.get(stream, seq);
        if (!held) return drained;
        const entry = JSON.parse(held.line) as Entry;
        takeNext({ ...held, entry });
        unhold.run(stream, seq);
        drained += 1;
        if (entry.kind === 'site.keys-changed') rejudge();
      }
    },
    /** What the entries taken so far name and `attachments` does not hold. */
    async lacking(attachments: Pick<AttachmentStore, 'has'>): Promise<Lacking[]> {
      const lacking: Lacking[] = [];
      for (const one of named) if (!(await attachments.has(one.sha256))) lacking.push(one);
      return lacking;
    },
    /** The latest receipt of the bureau's that the entries show to have been taken, early ones among them. */
    receipt: (): ShownReceipt | null => receipt,
    counts: (): HandoffCounts => {
      const { accepted, alreadyKnown, quarantined, held } = counts;
      return { exported: accepted + alreadyKnown + quarantined + held, ...counts };
    },
  };
}

function laterOf(before: ShownReceipt | null, body: Entry['body']): ShownReceipt | null {
  const shown = handoffEntries['handoff.receipt-taken'].body.safeParse(body);
  if (!shown.success || shown.data.number <= (before?.number ?? 0)) return before;
  const { number, through } = shown.data;
  return { number, through };
}
