import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { handoffProjection } from '../../../electron/handoff/store.ts';
import { READ_LIMITS, STATION_LIMITS } from '../../../electron/journal/entry-limits.ts';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import { projection } from '../../../electron/journal/projection.ts';
import { rosterProjection } from '../../../electron/roster/store.ts';
import { siteProjection } from '../../../electron/site/store.ts';
import { type Entry, entryKind, GENESIS } from '../../../shared/entry.ts';
import { aJournal, type TestJournal } from '../../support/journal.ts';
import { BUREAU, CHEAP_CODE, packageWorld, STATION } from '../../support/package-world.ts';
import { applicationSays, verifierSays } from '../../support/readers.ts';

const FORMER = `${STATION.slice(0, -1)}1`;
const ANEW = `${STATION.slice(0, -1)}999`;
const NOBODY = { id: 'system', key: null };

/** A slice that keeps nothing, and whose entries may say anything. */
const anything = projection({
  name: 'anything',
  version: 1,
  kinds: { 'anything.said': entryKind(z.strictObject({ said: z.json() }), { from: 'station' }) },
  tables: [],
  schema: '',
  prepare: () => ({ 'anything.said': () => undefined }),
});
const slices = [siteProjection, handoffProjection, rosterProjection, anything];

const open: TestJournal[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
async function journalOf(site: string, kind: 'station' | 'bureau'): Promise<TestJournal> {
  const one = await aJournal(slices, { site, kind });
  open.push(one);
  return one;
}

const entryOf = (said: z.core.util.JSONType): Entry => ({
  ...{ v: 1, stream: FORMER, seq: 1, at: '2026-11-24T01:00:00.000Z', by: 'system', kind: 'anything.said' },
  ...{ body: { said }, prev: GENESIS },
});
const ofBytes = (bytes: number): string => '字'.repeat(Math.floor((bytes - canonical(entryOf('')).length) / 3));
/** To the byte. */
const exactly = (bytes: number): string => {
  const text = ofBytes(bytes);
  return text + 'x'.repeat(bytes - Buffer.byteLength(canonical(entryOf(text))));
};
/** The entry and its body are two of the levels. */
const ofLevels = (levels: number): z.core.util.JSONType =>
  JSON.parse('['.repeat(levels - 2) + ']'.repeat(levels - 2)) as z.core.util.JSONType;

test('a station writes no entry so large or so deep that no package could hand it over', async () => {
  const { journal } = await journalOf(FORMER, 'station');
  const say = (said: z.core.util.JSONType) => () => journal.append('anything.said', { said }, NOBODY);
  const { bytes, levels } = STATION_LIMITS;
  for (const tooLarge of [exactly(bytes + 1), ofLevels(levels + 1)]) expect(say(tooLarge)).toThrow('entry.too-large');
  expect(journal.head(FORMER).seq).toBe(0);
  say(exactly(bytes))();
  expect(journal.head(FORMER).seq).toBe(1);
  say(ofLevels(levels))();
  expect(journal.head(FORMER).seq).toBe(2);
});

/** What the bureau makes of an entry stranded at a computer whose place another one has taken. */
async function carried(said: z.core.util.JSONType) {
  const { db, journal } = await journalOf(BUREAU, 'bureau');
  journal.append('site.station-registered', { site: ANEW, name: '城关派出所' }, NOBODY, ANEW);
  journal.append('site.station-succeeded', { site: ANEW, former: FORMER }, NOBODY, ANEW);
  const entry = entryOf(said);
  const applied = journal.together(() => journal.carry(entry, sha256(canonical(entry)).toString('hex'), ANEW));
  const lines = db.prepare<[], { line: string }>('SELECT line FROM entry ORDER BY seq').all();
  return { applied, lines: lines.map(({ line }) => line) };
}

/** What both readers say of the kit with these entries of the bureau's. */
async function kitSays(lines: readonly string[]): Promise<readonly string[]> {
  const world = await packageWorld();
  await world.write({ kind: 'kit', from: BUREAU, to: ANEW, lines }, CHEAP_CODE);
  return [await applicationSays(world, 'kit', ANEW), await verifierSays(world, 'kit', ANEW)];
}

test('whatever a station could write can be carried in a kit that is read', async () => {
  for (const said of [exactly(STATION_LIMITS.bytes), ofLevels(STATION_LIMITS.levels)]) {
    const { applied, lines } = await carried(said);
    expect(applied).toBe('accepted');
    expect(await kitSays(lines)).toEqual(['accepted', 'accepted']);
  }
});

test('what a station could not have written and carrying makes too large stays aside, and the kit is read', async () => {
  for (const said of [exactly(READ_LIMITS.bytes), ofLevels(READ_LIMITS.levels)]) {
    const { applied, lines } = await carried(said);
    expect(applied).toEqual({ quarantined: 'entry.too-large' });
    expect(lines).toHaveLength(2);
    expect(await kitSays(lines)).toEqual(['accepted', 'accepted']);
  }
});

test('the entry around a carried one takes no more than what a station’s entries leave it', () => {
  const inner = entryOf('');
  const longest: Entry = {
    ...{ v: 1, stream: '999999000000-999/999999000001-999', seq: Number.MAX_SAFE_INTEGER, by: crypto.randomUUID() },
    ...{ at: '2026-11-24T01:00:00.000Z', kind: 'handoff.closed-entry-carried', prev: GENESIS, sig: 'A'.repeat(88) },
    body: { entry: inner as unknown as Entry['body'], hash: GENESIS },
  };
  const around = canonical(longest).length - canonical(inner).length;
  expect(around).toBeLessThanOrEqual(READ_LIMITS.bytes - STATION_LIMITS.bytes);
});
