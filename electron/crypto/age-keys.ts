import { Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Post-quantum hybrid (`age1pq1…`), or classical for tools that do not know it yet. */
export type AgeKind = 'hybrid' | 'x25519';

export const newIdentity = (kind: AgeKind): Promise<string> =>
  kind === 'hybrid' ? generateHybridIdentity() : generateX25519Identity();

/** The public half, `age1…`. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

export const kindOf = (recipient: string): AgeKind => (recipient.startsWith('age1pq1') ? 'hybrid' : 'x25519');

/** Whether a text is a recipient of the two kinds, by its check characters and what they decode to. */
export function isRecipient(text: string): boolean {
  // age knows further kinds (`age1tag1…`), whose names hold a 1 of their own.
  if (!/^age1(pq1)?[^1]+$/.test(text)) return false;
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** To whom a package is sealed: its receiver, and an escrow of the same kind. */
export const withEscrow = (recipient: string, escrow: string | null): readonly string[] =>
  escrow !== null && kindOf(escrow) === kindOf(recipient) ? [recipient, escrow] : [recipient];

/** An identity as it was printed, whatever its case and grouping; null when it is none or has a slip in it. */
export async function readIdentity(typed: string): Promise<string | null> {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const [, pq, rest] = /^AGESECRETKEY(PQ)?1([0-9A-Z]+)$/.exec(plain) ?? [];
  if (rest === undefined) return null;
  const identity = `AGE-SECRET-KEY-${pq ? 'PQ-' : ''}1${rest}`;
  try {
    await recipientOf(identity);
    return identity;
  } catch {
    // Its check characters do not fit.
    return null;
  }
}
