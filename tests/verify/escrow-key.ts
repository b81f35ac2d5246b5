import { identityToRecipient } from 'age-encryption';
import { must } from './refusal.ts';

const MAX_BYTES = 10_000;
const WRONG = 'site.escrow-key-wrong';

/** Section 15: the recipient of the key that is kept in the bureau's safe, from its file. */
export async function readEscrowKey(file: Buffer): Promise<{ readonly identity: string; readonly recipient: string }> {
  must(file.length <= MAX_BYTES, WRONG, 'size');
  const lines = file.toString('utf8').split(/\r?\n/);
  const plain = (lines.find((line) => line.startsWith('AGE-SECRET-KEY-')) ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const [, pq = '', rest] = /^AGESECRETKEY(PQ)?1(.+)$/.exec(plain) ?? [];
  must(rest !== undefined, WRONG, 'no identity');
  const identity = `AGE-SECRET-KEY-${pq && 'PQ-'}1${rest}`;
  const recipient = await identityToRecipient(identity).catch(() => null);
  must(recipient !== null, WRONG, 'check characters');
  return { identity, recipient };
}
