import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { projections } from '../../electron/slices.ts';
import { type Entry, GENESIS } from '../../shared/entry.ts';
import { county } from '../verify/county.ts';
import type { Hashed } from '../verify/entries.ts';
import { Refusal } from '../verify/refusal.ts';
import { aJournal } from './journal.ts';
import { BUREAU, STATION } from './package-world.ts';

/** The computer that goes on for `STATION`. */
export const ANEW = `${STATION.slice(0, -1)}2`;
const ACCOUNT = '3f0e2c1a-5b6d-4c7e-8f90-a1b2c3d4e5f6';
const AT = '2026-11-24T08:00:00.000Z';

type Said = { readonly kind: string; readonly body: object; readonly by?: string };

/** A chain of entries with these kinds and bodies. */
export function chainOf(stream: string, said: readonly Said[]): string[] {
  let prev = GENESIS;
  return said.map(({ kind, body, by = 'system' }, index) => {
    const line = canonical({ v: 1, stream, seq: index + 1, at: AT, by, kind, body, prev });
    prev = sha256(line).toString('hex');
    return line;
  });
}

const hashOf = (value: unknown): string => sha256(canonical(value)).toString('hex');

/** What the bureau says when it carries an entry. */
export const carrying = (entry: unknown, kind = 'handoff.entry-carried'): Said => ({
  kind,
  body: { entry, hash: hashOf(entry) },
});

/** A station's first computer with an account, and what its bureau carries over to the second one. */
export function formerComputer(first: string = STATION, anew: string = ANEW) {
  const own = generateKeyPairSync('ed25519');
  const publicKey = Buffer.from(own.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const account = { id: ACCOUNT, name: '师父', loginName: 'shifu', roles: ['mentor'], personId: null, publicKey };
  const former = chainOf(first, [{ kind: 'site.account-created', body: account }]);

  /** An entry of the account's behind a gap of the former stream, signed unless `key` is null. */
  const stranded = (over: Partial<Entry> = {}, key: KeyObject | null = own.privateKey): Entry => {
    const unsigned: Entry = {
      ...{ v: 1, stream: first, seq: 9, at: AT, by: ACCOUNT, kind: 'mentorship.seen' },
      ...{ body: { signOff: ACCOUNT, note: '夜班😀' }, prev: 'a'.repeat(64), ...over },
    };
    return key ? { ...unsigned, sig: sign(null, Buffer.from(canonical(unsigned)), key).toString('base64') } : unsigned;
  };

  /** What the bureau writes for the new computer: that it is one, whose place it takes, and what it carries. */
  const down = (carried: readonly Said[], of: { site?: string; former?: string } = {}): string[] => {
    const { site = anew, former: before = first } = of;
    return chainOf(`${BUREAU}/${site}`, [
      { kind: 'site.station-registered', body: { site, name: '城关派出所' } },
      { kind: 'site.station-succeeded', body: { site, former: before } },
      ...carried,
    ]);
  };
  return { former, stranded, down };
}

/** Findings about a carried entry that both readers can tell; the rest is rules of the slices. */
const TOLD: readonly string[] = [
  'journal.hash-differs',
  'journal.not-its-stream',
  'journal.unsigned',
  'entry.not-allowed-here',
  'entry.kind-unknown',
  'entry.body-invalid',
  'entry.signature-invalid',
];

/** The application as the new computer, which tells what it finds of each line and forgets it again. */
export async function carriedReader(before: readonly string[], self = ANEW) {
  const { journal, close } = await aJournal(projections, { site: self, kind: 'station' });
  const take = (line: string) => journal.take(JSON.parse(line) as Entry, line, sha256(line));
  journal.together(() => before.forEach(take));
  class Forgotten extends Error {}
  const finds = (line: string): string => {
    let found = 'accepted';
    try {
      journal.together(() => {
        const verdict = take(line);
        const code = typeof verdict === 'object' ? verdict.quarantined : 'accepted';
        if (TOLD.includes(code)) found = code;
        throw new Forgotten();
      });
    } catch (error) {
      if (!(error instanceof Forgotten)) throw error;
    }
    return found;
  };
  return { finds, close };
}

/** What the application finds of the last of these lines: a code, or `accepted`. */
export async function applicationFinds(lines: readonly string[]): Promise<string> {
  const reader = await carriedReader(lines.slice(0, -1));
  try {
    return reader.finds(lines.at(-1) ?? '');
  } finally {
    reader.close();
  }
}

/** The same of the stand-alone verifier. */
export function verifierFinds(lines: readonly string[]): string {
  const entries = lines.map((line): Hashed => ({
    entry: JSON.parse(line) as Hashed['entry'],
    hash: sha256(line).toString('hex'),
  }));
  try {
    const all = county();
    all.take(entries);
    all.checkLineage();
    all.checkSignatures();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
