import type { Entry } from '../../shared/entry.ts';
import { GENESIS } from '../../shared/entry.ts';
import { verifyBytes } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { linkOf, sha256, signedBytes, streamParts } from './entry-line.ts';

export type ChainFault = { readonly stream: string; readonly seq: number; readonly code: string };
export type ChainReport = {
  readonly entries: number;
  readonly streams: number;
  readonly clockJumps: number;
  readonly faults: readonly ChainFault[];
};

const SLICE = 5_000;

/** The entries that say which key an account signs with. */
const KEY_KINDS = ['site.account-created', 'site.account-rekeyed', 'site.signer-announced'];

/**
 * Recomputes every hash, link and personal signature of the journal, reading only. A fault is named by stream and
 * sequence number; the check goes on behind it. `progress` may throw to cancel.
 */
export async function verifyChain(
  db: Db,
  progress: (done: number, total: number) => Promise<void>,
): Promise<ChainReport> {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM entry').get()?.n ?? 0;
  const page = db.prepare<[number, number], Row>(
    'SELECT position, stream, seq, hash, line FROM entry WHERE position > ? ORDER BY position LIMIT ?',
  );
  const check = chainCheck();
  for (let after = 0, done = 0; ;) {
    const rows = page.all(after, SLICE);
    for (const row of rows) check.see(row);
    const last = rows.at(-1);
    if (!last) return check.report();
    after = last.position;
    done += rows.length;
    await progress(done, total);
  }
}

type Row = { position: number; stream: string; seq: number; hash: Buffer; line: string };
type Tail = { seq: number; hash: string; at: string };

function chainCheck() {
  const tails = new Map<string, Tail>();
  const keys = new Map<string, string[]>();
  const faults: ChainFault[] = [];
  let entries = 0;
  let clockJumps = 0;

  const see = ({ stream, seq, hash, line }: Row): void => {
    entries += 1;
    const tail = tails.get(stream) ?? { seq: 0, hash: GENESIS, at: '' };
    const fault = (code: string): void => void faults.push({ stream, seq, code });
    if (!sha256(line).equals(hash)) fault('journal.hash-differs');
    const { prev, at } = linkOf(line);
    if (seq !== tail.seq + 1 || prev !== tail.hash) fault('journal.chain-broken');
    if (at < tail.at) clockJumps += 1;
    tails.set(stream, { seq, hash: hash.toString('hex'), at });
    if (line.includes('"sig":"')) checkSignature(line, stream, fault);
    if (line.includes('"publicKey":"')) rememberKey(line, stream);
  };

  const checkSignature = (line: string, stream: string, fault: (code: string) => void): void => {
    const entry = JSON.parse(line) as Entry;
    if (!entry.sig) return;
    const signature = Buffer.from(entry.sig, 'base64');
    const known = keys.get(`${streamParts(stream).writer} ${entry.by}`) ?? [];
    if (!known.some((key) => verifyBytes(key, signedBytes(entry), signature))) fault('entry.signature-invalid');
  };

  const rememberKey = (line: string, stream: string): void => {
    const { kind, body } = JSON.parse(line) as Entry;
    if (!KEY_KINDS.includes(kind)) return;
    // Every kind that tells a key tells whose it is.
    const { id, publicKey } = body as { readonly id: string; readonly publicKey: string };
    const owner = `${streamParts(stream).writer} ${id}`;
    keys.set(owner, [...(keys.get(owner) ?? []), publicKey]);
  };

  return { see, report: (): ChainReport => ({ entries, streams: tails.size, clockJumps, faults }) };
}
