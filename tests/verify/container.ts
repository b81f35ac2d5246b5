import { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decrypter, type Identity, type Stanza } from 'age-encryption';
import { must, Refusal } from './refusal.ts';

/** With what a package opens: age identities for reports and returns, normalised codes for kits. */
export type Opening = { readonly identities: readonly string[] } | { readonly codes: readonly string[] };

/** Bytes in pieces, as they lie in a file. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const MAGIC = 'age-encryption.org/v1\n';
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_LOG_N = 18;

/** Section 2 of the format: the tar inside age and gzip, piece by piece; only its end proves that nothing is missing. */
export async function* openContainer(file: Pieces, opening: Opening): AsyncGenerator<Uint8Array> {
  yield* unpacked(openSealed(file, opening));
}

/** What is inside age alone; only its end proves that nothing is missing. */
export const openSealed = (file: Pieces, opening: Opening): AsyncGenerator<Uint8Array> =>
  unsealed(withHeader(file), opening);

/** The code as scrypt takes it (section 2). */
export const normalCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

/** The same bytes, of which the first are an age header no longer than it may be. */
async function* withHeader(file: Pieces): AsyncGenerator<Uint8Array> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const piece of file) {
    if (!start) {
      yield piece;
      continue;
    }
    start = Buffer.concat([start, piece]);
    if (start.length < MAX_HEADER_BYTES) continue;
    yield judged(start);
    start = null;
  }
  if (start) yield judged(start);
}

function judged(start: Buffer): Buffer {
  must(start.toString('latin1', 0, MAGIC.length) === MAGIC, 'bundle.not-a-bundle');
  must(start.subarray(0, MAX_HEADER_BYTES).includes('\n--- '), 'bundle.damaged', 'age header');
  return start;
}

async function* unsealed(file: AsyncIterable<Uint8Array>, opening: Opening): AsyncGenerator<Uint8Array> {
  try {
    // The same class as the global one, which typage means; only the two declarations differ.
    const stream = ReadableStream.from(file) as unknown as Parameters<Decrypter['decrypt']>[0] & ReadableStream;
    yield* await decrypterFor(opening).decrypt(stream);
  } catch (error) {
    throw error instanceof Refusal || isOfDisk(error) ? error : new Refusal('bundle.damaged', 'age');
  }
}

const isOfDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

function decrypterFor(opening: Opening): Decrypter {
  const byCode = 'codes' in opening;
  const decrypter = new Decrypter();
  decrypter.addIdentity(
    judge((stanzas) => {
      const scrypt = stanzas.filter(({ args }) => args[0] === 'scrypt');
      must(scrypt.length === 0 || (stanzas.length === 1 && !scrypt.some(tooCostly)), 'bundle.damaged', 'scrypt');
      must(scrypt.length > 0 === byCode, 'bundle.wrong-kind', 'recipients');
    }),
  );
  if (byCode) for (const code of opening.codes) decrypter.addPassphrase(code);
  else for (const identity of opening.identities) decrypter.addIdentity(identity);
  // Asked last: none of the others fitted.
  decrypter.addIdentity(
    judge(() => {
      throw new Refusal(byCode ? 'bundle.wrong-code' : 'bundle.not-for-us');
    }),
  );
  return decrypter;
}

const judge = (look: (stanzas: readonly Stanza[]) => void): Identity => ({
  unwrapFileKey(stanzas) {
    look(stanzas);
    return null;
  },
});

const tooCostly = ({ args }: Stanza): boolean => Number(args[2]) > MAX_LOG_N;

async function* unpacked(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  let takenBytes = 0;
  // Set by the generator below, which the compiler does not follow.
  let isDrained = false as boolean;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of packed) {
      takenBytes += piece.length;
      yield piece;
    }
    isDrained = true;
  };
  // Its failure destroys the stream and is met there.
  const feeding = pipeline(counted, gunzip).catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
    // zlib stops in front of what follows the last member.
    must(isDrained && gunzip.bytesWritten === takenBytes, 'bundle.damaged', 'behind gzip');
  } catch (error) {
    throw isOfZlib(error) ? new Refusal('bundle.damaged', 'gzip') : error;
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
