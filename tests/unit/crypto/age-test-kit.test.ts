import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import * as kit from 'cctv-age';
import { describe, expect, it } from 'vitest';
import { type OpenWith, unsealed } from '../../../electron/crypto/age.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { packageWorld, piecesOf } from '../../support/package-world.ts';

/** One of the public test vectors of age (C2SP/CCTV): a file, what opens it, and what must come of it. */
type AgeVector = {
  readonly name: string;
  readonly expect: string;
  readonly armored: boolean;
  /** SHA-256 of all plaintext that may be given out, also before a failure; null: nothing may. */
  readonly payload: string | null;
  readonly openings: readonly OpenWith[];
  readonly file: Buffer;
};

function vectorOf([name, bytes]: [string, Uint8Array]): AgeVector {
  const whole = Buffer.from(bytes);
  const end = whole.indexOf('\n\n');
  const fields = whole.toString('utf8', 0, end).split('\n');
  const all = (key: string): string[] =>
    fields.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const body = whole.subarray(end + 2);
  const codes = all('passphrase').map((code) => ({ code }));
  const identities = all('identity');
  return {
    name,
    expect: all('expect')[0] ?? '',
    armored: all('armored').includes('yes'),
    payload: all('payload')[0] ?? null,
    openings: identities.length > 0 || codes.length === 0 ? [...codes, { identities }] : codes,
    file: all('compressed').includes('zlib') ? inflateSync(body) : body,
  };
}

const vectors = Object.entries(kit).map(vectorOf);
const NOTHING = createHash('sha256').digest('hex');

/** The codes in which each of the kit's results shows here; a file sealed the other way is told as such. */
const codesOf: Readonly<Record<string, readonly (string | null)[]>> = {
  success: [null],
  'no match': ['bundle.not-for-us', 'bundle.wrong-code', 'bundle.wrong-kind'],
  'HMAC failure': ['bundle.damaged'],
  'header failure': ['bundle.damaged', 'bundle.not-a-bundle'],
  'payload failure': ['bundle.damaged'],
};

/** The code and the digest of everything that was given out before it. */
async function outcome(file: Buffer, opening: OpenWith, native: boolean) {
  const digest = createHash('sha256');
  let code: string | null = null;
  try {
    for await (const piece of unsealed(piecesOf(file), opening, native)) digest.update(piece);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    code = error.problem.code;
  }
  return { code, released: digest.digest('hex') };
}

it('the kit is the one of 143 files, 33 of them in armor', () => {
  expect(vectors).toHaveLength(143);
  expect(vectors.filter(({ armored }) => armored)).toHaveLength(33);
});

describe('the seal, on the files of age’s own test kit', () => {
  const binary = vectors.filter(({ armored }) => !armored);
  it.each(binary)('$name: $expect', async ({ expect: expected, payload, openings, file }) => {
    for (const opening of openings)
      for (const native of [true, false]) {
        const { code, released } = await outcome(file, opening, native);
        expect(codesOf[expected]).toContain(code);
        expect(released).toBe(payload ?? NOTHING);
      }
  });

  const armored = vectors.filter((vector) => vector.armored);
  it.each(armored)('$name: packages are binary, armor is refused whatever is in it', async ({ openings, file }) => {
    for (const opening of openings)
      expect(await outcome(file, opening, true)).toEqual({ code: 'bundle.not-a-bundle', released: NOTHING });
  });

  it('every one of them is refused as a package, and leaves nothing behind', async () => {
    const world = await packageWorld();
    for (const { name, openings, file } of vectors)
      for (const keys of openings) {
        world.files.set(world.path, file);
        expect(await world.open({ keys }), name).toMatchObject({ ok: false });
        expect([...world.files.keys()], name).toEqual([world.path]);
      }
  });
});
