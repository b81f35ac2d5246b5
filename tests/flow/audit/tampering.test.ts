import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../../electron/db/open.ts';
import { type Self, replay } from '../../../electron/journal/journal.ts';
import { projections } from '../../../electron/slices.ts';
import { aStation, type TestSite } from '../../support/site.ts';
import { foreignEntry } from '../../support/behind.ts';
import { tamper, withFile } from '../../support/tamper.ts';
import { aSession, recordSession, somePeople } from '../../support/training.ts';
import { recorded } from '../../support/discipline.ts';

const SELF: Self = { site: '999999010100-1', kind: 'station' };
let site: TestSite;
let people: readonly string[];
const opened: TestSite[] = [];

beforeEach(async () => {
  site = await aStation();
  people = await somePeople(site, 4);
  await recordSession(site, aSession(people));
  await site.account('jiandu', ['inspector'], people[0]);
  await recorded(site, [people[1] ?? '']);
  await site.signIn('suozhang');
  await site.call('site.rename', { printingName: '城关所' });
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.core.shutdown();
  await site.close();
});

/** Opened again after somebody worked on the file; everything the check finds. */
async function foundAfter(work: (db: Db) => unknown) {
  const again = await tamper(site, work);
  opened.push(again);
  return again.call('site.checkChain', {});
}
const clean = { faults: [], rows: [], losses: [] };
/** The first entry of a kind. */
const entryOf = (db: Db, kind: string) =>
  db.prepare<[string], { seq: number; line: string }>('SELECT seq, line FROM entry WHERE kind = ?').get(kind) ?? {
    seq: 0,
    line: '',
  };

describe('the check', () => {
  it('finds nothing where nobody did anything, also after a backup and a start', async () => {
    await site.call('backup.make', { drive: null });
    await site.call('site.rename', { printingName: '城关' });
    expect(await site.call('site.checkChain', {})).toMatchObject(clean);
    expect(await foundAfter(() => undefined)).toMatchObject(clean);
  });

  it('names an entry that is well chained and says nothing any table could take', async () => {
    let seq = 0;
    const { faults, rows } = await foundAfter((db) => {
      seq = foreignEntry(db, SELF.site, { kind: 'training.session-withdrawn', body: {} });
    });
    expect({ faults, rows }).toEqual({
      faults: [{ stream: SELF.site, seq, code: 'journal.not-replayable' }],
      rows: [],
    });
  });

  it('names the entry whose words were changed', async () => {
    const { faults } = await foundAfter((db) => {
      db.exec(`UPDATE entry SET line = replace(line, '接处警', '摸鱼') WHERE kind = 'training.session-recorded'`);
    });
    expect(faults).toMatchObject([{ code: 'journal.hash-differs' }]);
  });

  it('names the entry taken out of the middle, by the one behind it', async () => {
    let taken = 0;
    const { faults } = await foundAfter((db) => {
      taken = entryOf(db, 'training.session-recorded').seq;
      db.prepare('DELETE FROM entry WHERE seq = ?').run(taken);
    });
    expect(faults).toContainEqual({ stream: SELF.site, seq: taken + 1, code: 'journal.chain-broken' });
  });

  it('names a personal act forged in the name of another', async () => {
    let forged = 0;
    const { faults } = await foundAfter((db) => {
      forged = entryOf(db, 'discipline.incident-recorded').seq;
      rewriteFrom(db, forged, (line) => line.replace('值班期间', '休息期间'));
    });
    expect(faults).toContainEqual({ stream: SELF.site, seq: forged, code: 'entry.signature-invalid' });
  });

  it('names the place where a history rewritten under right hashes leaves what was backed up', async () => {
    await site.call('backup.make', { drive: null });
    await site.call('site.rename', { printingName: '城关' });
    const seq = (await site.call('site.checkChain', {})).heads[0]?.seq ?? 0;
    // The backup was removed as well, so that only what this computer remembers is left.
    await site.core.shutdown();
    await rm(join(site.dir, 'backups'), { recursive: true });
    const found = await foundAfter((db) => {
      const { seq: from } = entryOf(db, 'training.session-recorded');
      rewriteFrom(db, from, (line) => line.replace('训练场', '操场'));
    });
    expect(found.losses).toMatchObject([{ stream: SELF.site, seq }]);
  });

  it('names a cut tail, though all that is left of it is whole, and goes on naming it', async () => {
    const before = (await site.call('site.checkChain', {})).heads[0]?.seq ?? 0;
    const found = await foundAfter((db) => {
      db.prepare('DELETE FROM entry WHERE seq > ?').run(before - 3);
      // And the tables made to fit what is left, as one who knows the application would.
      return replay(db, projections, SELF, async () => {});
    });
    expect(found.faults).toEqual([]);
    expect(found.losses).toMatchObject([{ stream: SELF.site, seq: before }]);
    const [again] = opened;
    await again?.signIn('suozhang');
    expect((await again?.call('site.checkChain', {}))?.losses).toHaveLength(1);
    const { entries = [] } = (await again?.call('site.listEntries', { stream: null, before: null, limit: 50 })) ?? {};
    expect(entries.map(({ kind }) => kind)).toContain('site.tail-lost');
  });

  it('says so when what this computer remembers was taken away or touched', async () => {
    const paths = ['heads-1.json', 'heads-2.json'].map((name) => join(site.dir, name));
    const altered = async (path: string): Promise<void> =>
      writeFile(path, (await readFile(path, 'utf8')).replace(/"seq":\d+/, '"seq":1'));
    for (const [because, touch] of [
      ['missing', (path: string) => rm(path, { force: true })],
      ['damaged', altered],
    ] as const) {
      await site.core.shutdown();
      await Promise.all(paths.filter((path) => existsSync(path)).map(touch));
      await foundAfter(() => undefined);
      const last = opened.at(-1);
      const { entries = [] } = (await last?.call('site.listEntries', { stream: null, before: null, limit: 5 })) ?? {};
      expect(entries).toContainEqual(expect.objectContaining({ kind: 'site.heads-pinned', body: { because } }));
    }
  });

  it('is not deceived by an older file put in the place of the database', async () => {
    await site.core.shutdown();
    const old = join(site.dir, 'old.db');
    await copyFile(join(site.dir, 'lijing.db'), old);
    const later = await tamper(site, () => undefined);
    await later.call('site.rename', { printingName: '后来' });
    await later.core.shutdown();
    await copyFile(old, join(site.dir, 'lijing.db'));
    for (const suffix of ['-wal', '-shm']) await rm(join(site.dir, `lijing.db${suffix}`), { force: true });
    expect((await foundAfter(() => undefined)).losses).toHaveLength(1);
  });

  it.each([
    ['changed', `UPDATE person SET post = '教导员' WHERE id = ?`],
    ['missing', 'DELETE FROM person WHERE id = ?'],
  ] as const)('names the row of a table that was %s', async (what, sql) => {
    const { rows } = await foundAfter((db) => void db.prepare(sql).run(people[2]));
    expect(rows).toEqual([{ table: 'person', key: people[2], what }]);
  });

  it('names a row that no entry ever made, and one of an incident without telling whose', async () => {
    const { rows } = await foundAfter((db) => {
      db.prepare(`INSERT INTO resident_id_reveal VALUES ('${SELF.site}', 900, ?, '2026-11-24T01:00:00Z', 'x')`).run(
        people[2],
      );
      db.prepare('UPDATE incident_person SET person = ?').run(people[3]);
    });
    expect(rows).toContainEqual({ table: 'resident_id_reveal', key: `${SELF.site} 900`, what: 'surplus' });
    const concerned = rows.filter(({ table }) => table === 'incident_person');
    expect(concerned.map(({ what }) => what).sort()).toEqual(['missing', 'surplus']);
    expect(JSON.stringify(concerned)).not.toMatch(new RegExp(people.join('|')));
  });

  it('names what is cut and what is rewritten while the application runs, by what it remembers', async () => {
    const [head] = (await site.call('site.checkChain', {})).heads;
    const at = { stream: SELF.site, seq: head?.seq };
    await withFile(site, (db) =>
      rewriteFrom(db, entryOf(db, 'training.session-recorded').seq, (line) => line.replace('训练场', '操场')),
    );
    expect((await site.call('site.checkChain', {})).faults).toContainEqual({ ...at, code: 'journal.rewritten' });
    await withFile(site, (db) => db.prepare('DELETE FROM entry WHERE seq > ?').run((head?.seq ?? 0) - 2));
    expect((await site.call('site.checkChain', {})).faults).toContainEqual({ ...at, code: 'journal.tail-cut' });
  });

  it('names an entry of its own that was put into quarantine to hide it', async () => {
    const found = await foundAfter((db) => {
      const { seq } = entryOf(db, 'training.session-recorded');
      db.prepare('INSERT INTO quarantined VALUES (?, ?, ?)').run(SELF.site, seq, 'entry.kind-unknown');
    });
    expect(found.faults).toMatchObject([{ code: 'journal.own-entry-set-aside' }]);
  });
});

/** Changes an entry and gives it and all behind it right hashes and links, as one with the key can. */
function rewriteFrom(db: Db, seq: number, change: (line: string) => string): void {
  const rows = db
    .prepare<[number], { seq: number; line: string }>('SELECT seq, line FROM entry WHERE seq >= ? ORDER BY seq')
    .all(seq);
  const put = db.prepare('UPDATE entry SET line = ?, hash = ? WHERE seq = ?');
  let prev = '';
  for (const row of rows) {
    const linked = row.line.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
    const line = row.seq === seq ? change(row.line) : linked;
    const hash = createHash('sha256').update(line).digest();
    put.run(line, hash, row.seq);
    prev = hash.toString('hex');
  }
}
