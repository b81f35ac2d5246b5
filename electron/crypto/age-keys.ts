import { Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Post-quantum hybrid (`age1pq1…`), or classical for tools that do not know it yet. */
export type AgeKind = 'hybrid' | 'x25519';

export const newIdentity = (kind: AgeKind): Promise<string> =>
  kind === 'hybrid' ? generateHybridIdentity() : generateX25519Identity();

/** The public half, `age1…`. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

export const kindOf = (recipient: string): AgeKind => (recipient.startsWith('age1pq1') ? 'hybrid' : 'x25519');

/**
 * Whether a text is a recipient of the two kinds to which something can be sealed: typage by itself finds a point
 * of low order only when it seals.
 */
export function isRecipient(text: string): boolean {
  // age knows further kinds (`age1tag1…`), whose names hold a 1 of their own.
  if (!/^age1(pq1)?[^1]+$/.test(text)) return false;
  try {
    new Encrypter().addRecipient(text);
  } catch {
    return false;
  }
  return hasOrder(bytesOf(text).subarray(-32));
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const CHECK_CHARACTERS = 6;

/** The bytes of a recipient whose form typage has looked at; those of X25519 stand last, of a hybrid one too. */
function bytesOf(recipient: string): Buffer {
  const words = recipient.slice(recipient.lastIndexOf('1') + 1, -CHECK_CHARACTERS);
  const bytes = Buffer.alloc((words.length * 5) >> 3);
  let [held, bits, at] = [0, 0, 0];
  for (const word of words) {
    held = ((held & 0xff) << 5) | BECH32.indexOf(word);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}

/** The points of X25519 whose product with any key is zero (RFC 7748, 6.1): nothing is secret under them. */
const LOW_ORDER: ReadonlySet<string> = new Set([
  ...['00'.repeat(32), `01${'00'.repeat(31)}`],
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  ...['ec', 'ed', 'ee'].map((first) => `${first}${'ff'.repeat(30)}7f`),
]);

/** The highest bit of a point is not looked at. */
function hasOrder(point: Buffer): boolean {
  const read = Buffer.from(point);
  read[31] = (read[31] ?? 0) & 0x7f;
  return !LOW_ORDER.has(read.toString('hex'));
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
