import { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter, type Identity, type Stanza } from 'age-encryption';
import { ProblemError } from '../../shared/problem.ts';
import { hasChaCha, openPayload, sealPayload } from './age-payload.ts';
import { type ByteCursor, byteCursor } from './byte-cursor.ts';

/** For whom: holders of identities, or whoever is told the code (scrypt; `logN` is lowered in tests only). */
export type SealTo = { readonly recipients: readonly string[] } | { readonly code: string; readonly logN?: number };
export type OpenWith = { readonly identities: readonly string[] } | { readonly code: string };

const MAGIC = 'age-encryption.org/v1\n';
const MAX_HEADER_BYTES = 64 * 1024;
/** age's own default: 256 MiB and a second or two. More is not accepted, so that a forged file cannot eat the memory. */
const SCRYPT_LOG_N = 18;

/** Seals a stream as an age v1 file. The header is typage's, and for a code the payload too; `native` as for `sealPayload`. */
export async function* sealed(
  plain: AsyncIterable<Uint8Array>,
  to: SealTo,
  native: boolean = hasChaCha,
): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  if ('code' in to) {
    encrypter.setPassphrase(to.code);
    encrypter.setScryptWorkFactor(to.logN ?? SCRYPT_LOG_N);
    yield* await encrypter.encrypt(ReadableStream.from(plain));
    return;
  }
  for (const recipient of unmixed(to.recipients)) encrypter.addRecipient(recipient);
  let fileKey = new Uint8Array();
  // A recipient that writes no stanza of its own, and so learns the file key of the header made beside it.
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Uint8Array.from(key);
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array());
  // Behind the header stand a nonce and the tag of an empty payload, 16 bytes each: not used.
  yield empty.subarray(0, -32);
  yield* sealPayload(fileKey, plain, native);
}

/** age asks not to mix them: the whole file would be no stronger than its classical recipient. */
function unmixed(recipients: readonly string[]): readonly string[] {
  const hybrid = recipients.filter((recipient) => recipient.startsWith('age1pq1')).length;
  if (recipients.length === 0 || (hybrid > 0 && hybrid < recipients.length))
    throw new Error('recipients must be all hybrid or all classical, and at least one');
  return recipients;
}

/**
 * Opens a sealed file, chunk by chunk as each proves genuine; only the end of the iteration proves that nothing was cut
 * off. Throws `bundle.not-a-bundle`, `bundle.not-for-us`, `bundle.wrong-code`, `bundle.wrong-kind` (sealed to
 * a code where identities were given, or the other way round) or `bundle.damaged`.
 */
export async function* unsealed(
  file: AsyncIterable<Uint8Array>,
  keys: OpenWith,
  native: boolean = hasChaCha,
): AsyncGenerator<Uint8Array> {
  const cursor = byteCursor(file);
  try {
    const header = await headerOf(cursor);
    const fileKey = await decrypterFor(keys).decryptHeader(header).catch(damaged);
    yield* openPayload(fileKey, cursor, native);
  } finally {
    await cursor.close();
  }
}

async function headerOf(cursor: ByteCursor): Promise<Buffer> {
  if ((await cursor.upTo(MAGIC.length)).toString('latin1') !== MAGIC) throw new ProblemError('bundle.not-a-bundle');
  const lines: Buffer[] = [Buffer.from(MAGIC)];
  for (let size = MAGIC.length; size < MAX_HEADER_BYTES;) {
    const line = await cursor.line(MAX_HEADER_BYTES - size);
    lines.push(line);
    size += line.length;
    if (line.at(-1) !== 0x0a) break;
    if (line.subarray(0, 4).toString('latin1') === '--- ') return Buffer.concat(lines);
  }
  throw new ProblemError('bundle.damaged');
}

/** The identities in order, between a look at the header before them and a verdict behind them. */
function decrypterFor(keys: OpenWith): Decrypter {
  const decrypter = new Decrypter();
  const byCode = 'code' in keys;
  decrypter.addIdentity(refuseUnfit(byCode));
  if (byCode) decrypter.addPassphrase(keys.code);
  else for (const identity of keys.identities) decrypter.addIdentity(identity);
  decrypter.addIdentity(noneMatched(byCode));
  return decrypter;
}

const isScrypt = ({ args }: Stanza): boolean => args[0] === 'scrypt';

/** Sealed the other way, a code beside other recipients (age forbids it), or a code that costs too much to try. */
const refuseUnfit = (byCode: boolean): Identity => ({
  unwrapFileKey(stanzas) {
    const scrypt = stanzas.filter(isScrypt);
    if (scrypt.length > 0 && (stanzas.length > 1 || Number(scrypt[0]?.args[2]) > SCRYPT_LOG_N))
      throw new ProblemError('bundle.damaged');
    if (scrypt.length > 0 !== byCode) throw new ProblemError('bundle.wrong-kind');
    return null;
  },
});

/** Asked only when no identity before it has opened the file. */
const noneMatched = (byCode: boolean): Identity => ({
  unwrapFileKey() {
    throw new ProblemError(byCode ? 'bundle.wrong-code' : 'bundle.not-for-us');
  },
});

const damaged = (error: unknown): never => {
  throw error instanceof ProblemError ? error : new ProblemError('bundle.damaged', undefined, { cause: error });
};
