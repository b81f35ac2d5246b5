import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../../electron/slices.ts';
import { problemKinds } from '../../../shared/problem.ts';
import { aPerson } from '../../bench/people.ts';
import { startCore } from '../../support/core-process.ts';
import { pagesOf, spoil, withDatabase } from '../../support/damage.ts';
import { rowsOf } from '../../support/journal.ts';
import { aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };
const DAY_MS = 86_400_000;

let site: TestSite;
const folders: string[] = [];

beforeEach(async () => {
  site = await aStation();
});
afterEach(async () => {
  await site.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const draftOf = (n: number) => {
  const { id: _id, version: _version, ...facts } = aPerson(n).person;
  return { id: null, version: null, facts, reason: '', namesakeConfirmed: true };
};
async function record(count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n += 1) await site.call('roster.recordPerson', draftOf(n));
}
const people = async (at: TestSite = site) => (await at.call('roster.counts', {})).active;
const database = (): string => join(site.dir, 'lijing.db');
const later = (ms: number): void => void (site.now.value = new Date(site.now.value.getTime() + ms));
const refusedAtTheDoor = async (): Promise<string> => (await site.refusal('site.signIn', SUOZHANG)).code;
const keptAside = async (): Promise<readonly string[]> => {
  const folder = join(site.dir, 'damaged');
  const instants = existsSync(folder) ? await readdir(folder) : [];
  return (await Promise.all(instants.map((instant) => readdir(join(folder, instant))))).flat();
};
async function copyOf(dir: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'lijing-copy-'));
  folders.push(copy);
  await cp(dir, copy, { recursive: true });
  return copy;
}

test.each(['person', 'person_by_pinyin', 'person_version', 'backup_made'])(
  'damage in %s alone is mended from the journal at the start: nothing is missing, it is told, the file is kept',
  async (name) => {
    await record(30);
    await site.call('backup.make', { drive: null });
    await site.core.shutdown();
    const before = await withDatabase(site.dir, (db) => rowsOf(db, projections));
    await spoil(site.dir, (await pagesOf(site.dir, name)).at(-1) ?? 0);

    await site.signIn('suozhang');
    expect(await people()).toBe(30);
    expect((await site.call('backup.state', {})).lastMended).toMatchObject({ how: 'rebuilt' });
    expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
    expect(await keptAside()).toContain('lijing.db');
    await site.core.shutdown();
    const after = await withDatabase(site.dir, (db) => rowsOf(db, projections));
    expect({ ...after, account: [], backup_mended: [] }).toEqual({ ...before, account: [], backup_mended: [] });
    await site.signIn('suozhang');
    expect((await keptAside()).filter((file) => file === 'lijing.db')).toHaveLength(1);
  },
);

test('a search that would be blind is noticed at the start and mended', async () => {
  await record(5);
  await site.core.shutdown();
  await withDatabase(site.dir, (db) => {
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    const { sql } = db.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'person_by_name'`).get() as {
      sql: string;
    };
    db.exec(`UPDATE sqlite_schema SET sql = replace(sql, '(name, ', '(name_pinyin, ')
      WHERE name = 'person_by_name'`);
    db.pragma('writable_schema = RESET');
    db.exec('REINDEX person_by_name');
    db.pragma('writable_schema = ON');
    db.prepare(`UPDATE sqlite_schema SET sql = ? WHERE name = 'person_by_name'`).run(sql);
    db.pragma('writable_schema = RESET');
  });
  await site.signIn('suozhang');
  expect((await site.call('backup.state', {})).lastMended).toMatchObject({ how: 'rebuilt' });
  expect(await people()).toBe(5);
});

test('a last entry that is not what its hash says stops the start, and a backup leads on', async () => {
  await record(3);
  const { id } = await site.call('backup.make', { drive: null });
  await record(1, 3);
  await site.core.shutdown();
  await withDatabase(site.dir, (db) => {
    db.exec('DROP TRIGGER entry_is_never_changed');
    db.exec(
      `UPDATE entry SET line = replace(line, '"v":1', '"v": 1') WHERE position = (SELECT max(position) FROM entry)`,
    );
  });
  expect(await refusedAtTheDoor()).toBe('database.damaged');
  expect(await site.call('backup.restore', { ...SUOZHANG, id })).toMatchObject({ salvaged: 2 });
  await site.signIn('suozhang');
  expect(await people()).toBe(4);
});

test('an older file put in the place of the database is noticed by its own backup', async () => {
  await record(2);
  await site.core.shutdown();
  const old = await readFile(database());
  await site.signIn('suozhang');
  await record(2, 2);
  const { id } = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  await writeFile(database(), old);

  expect(await refusedAtTheDoor()).toBe('database.behind-backup');
  await site.call('backup.restore', { ...SUOZHANG, id });
  await site.signIn('suozhang');
  expect(await people()).toBe(4);
});

test('whoever goes back to an older backup on purpose is not asked about the younger ones again', async () => {
  await record(1);
  const older = await site.call('backup.make', { drive: null });
  later(DAY_MS);
  await record(1, 1);
  const younger = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  await truncate(database(), 3_000);
  expect(await refusedAtTheDoor()).toBe('database.damaged');
  expect((await site.call('backup.restorable', SUOZHANG)).copies).toEqual([younger, older]);
  await site.call('backup.restore', { ...SUOZHANG, id: older.id });
  await site.signIn('suozhang');
  expect(await people()).toBe(1);
  // The younger one is still there, for whoever changes his mind.
  expect((await site.call('backup.state', {})).copies).toContainEqual(younger);
});

test('without any backup what can be read of the damaged database is taken over, and it can go on working', async () => {
  await record(40);
  await site.core.shutdown();
  await spoil(site.dir, (await pagesOf(site.dir, 'entry')).at(-1) ?? 0);
  expect(await refusedAtTheDoor()).toBe('database.damaged');
  const { copies, readable } = await site.call('backup.restorable', SUOZHANG);
  expect(copies).toEqual([]);
  expect(readable).toBeGreaterThan(20);
  expect(await site.call('backup.salvage', SUOZHANG)).toEqual({ entries: readable });
  await site.signIn('suozhang');
  expect(await people()).toBeGreaterThan(20);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
  expect((await site.call('backup.state', {})).lastMended).toMatchObject({ how: 'salvaged' });
  await record(1, 100);
  expect(await keptAside()).toContain('lijing.db');
});

test('a sound database is not salvaged, and one of which nothing can be read is left alone', async () => {
  expect(await site.refusal('backup.salvage', SUOZHANG)).toEqual({ code: 'backup.not-needed' });
  await site.core.shutdown();
  await writeFile(database(), Buffer.alloc(40_960, 7));
  expect(await site.call('backup.restorable', SUOZHANG)).toEqual({ copies: [], readable: 0 });
  expect(await site.refusal('backup.salvage', SUOZHANG)).toEqual({ code: 'backup.nothing-readable' });
  expect(await keptAside()).toEqual([]);
});

test('a site whose database is gone is never founded over; its backup brings it back', async () => {
  await record(2);
  const { id } = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  await rm(database());
  expect((await site.call('site.status', {})).state).toBe('locked');
  const again = { name: '别的所', organCode: '999999010200', accountName: '别人', ...SUOZHANG };
  expect(await site.refusal('site.foundStation', again)).toEqual({ code: 'site.already-founded' });
  expect(await refusedAtTheDoor()).toBe('database.damaged');
  expect(existsSync(database())).toBe(false);
  await site.call('backup.restore', { ...SUOZHANG, id });
  await site.signIn('suozhang');
  expect(await people()).toBe(2);
});

test('a database lost with all the backups beside it comes back from the stick, on the same computer', async () => {
  await record(2);
  const stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  folders.push(stick);
  await site.call('backup.make', { drive: await site.drive(stick) });
  await site.core.shutdown();
  await rm(join(site.dir, 'backups'), { recursive: true, force: true });
  await truncate(database(), 3_000);
  const other = await aStation({ organCode: '999999010200' });
  await other.call('backup.make', { drive: await other.drive(stick) });
  await other.close();
  expect(await refusedAtTheDoor()).toBe('database.damaged');
  const { copies } = await site.call('backup.restorable', SUOZHANG);
  expect(copies.map(({ id }) => id)).toEqual(['lijing-backup-999999010100-1']);
  await site.call('backup.restore', { ...SUOZHANG, id: 'lijing-backup-999999010100-1' });
  await site.signIn('suozhang');
  expect(await people()).toBe(2);
});

test.each([['before anything was put aside'], ['after the old file was put aside'], ['before its log was']])(
  'a restore broken off by a power cut %s is ended at the next start',
  async (moment) => {
    await record(3);
    await site.core.shutdown();
    const whole = await copyOf(site.dir);
    await cp(join(whole, 'lijing.db'), `${database()}.ready`);
    await truncate(database(), 3_000);
    if (moment !== 'before anything was put aside') {
      await mkdir(join(site.dir, 'damaged', 'an-instant'), { recursive: true });
      await rename(database(), join(site.dir, 'damaged', 'an-instant', 'lijing.db'));
    }
    if (moment === 'before its log was') await writeFile(`${database()}-wal`, 'a log of another file');

    const next = await aCore({ dir: site.dir });
    await next.signIn('suozhang');
    expect(await people(next)).toBe(3);
    expect(existsSync(`${database()}.ready`)).toBe(false);
    expect(await keptAside()).toContain('lijing.db');
    await next.close();
  },
);

test('whatever the power cut leaves of the log, the journal is whole up to some entry and nothing is half done', async () => {
  await record(12);
  // As it lies on the disk at this moment, without the tidy end.
  const cut = await copyOf(site.dir);
  const log = await readFile(join(cut, 'lijing.db-wal'));
  for (let part = 0; part <= 20; part += 1) {
    const dir = await copyOf(cut);
    await truncate(join(dir, 'lijing.db-wal'), Math.floor((log.length * part) / 20));
    const next = await aCore({ dir });
    await next.signIn('suozhang');
    expect(await next.call('site.checkChain', {})).toMatchObject({ faults: [] });
    const { entries } = await next.call('site.listEntries', { stream: null, before: null, limit: 200 });
    const recorded = entries.filter(({ kind }) => kind === 'roster.person-recorded').length;
    expect(await people(next)).toBe(recorded);
    if (part === 20) expect(recorded).toBe(12);
    await next.close();
  }
});

test.each(['keyring.json', 'keyring.copy.json'])(
  'a damaged or missing %s is made anew from the other, kept aside, and told in the journal',
  async (copy) => {
    const other = copy === 'keyring.json' ? 'keyring.copy.json' : 'keyring.json';
    await site.call('site.lock', {});
    await writeFile(join(site.dir, copy), '{"check":"');
    await site.signIn('suozhang');
    expect(await keptAside()).toEqual([copy]);
    await site.call('site.lock', {});
    await rm(join(site.dir, copy));
    await site.signIn('suozhang');
    await site.call('site.lock', {});
    await rm(join(site.dir, other));
    await site.signIn('suozhang');
    const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 50 });
    expect(entries.filter(({ kind }) => kind === 'site.keyring-mended')).toHaveLength(3);
  },
);

test('a copy of the keyring that a power cut left behind lets nobody in with a password that was changed', async () => {
  const before = await readFile(join(site.dir, 'keyring.copy.json'));
  const changed = '新的-口令-2027年';
  await site.call('site.changePassword', { password: PASSWORD, newPassword: changed });
  await writeFile(join(site.dir, 'keyring.copy.json'), before);
  await site.call('site.lock', {});
  await site.signIn('suozhang', changed);
  await site.call('site.lock', {});
  await writeFile(join(site.dir, 'keyring.json'), 'x');
  expect(await refusedAtTheDoor()).toBe('site.login-failed');
  later(60_000);
  await site.signIn('suozhang', changed);
});

test('the folder of a site, copied to another account or another computer, opens with the password alone', async () => {
  await record(3);
  await site.core.shutdown();
  const elsewhere = await aCore({ dir: await copyOf(site.dir) });
  await elsewhere.signIn('suozhang');
  expect(await people(elsewhere)).toBe(3);
  expect(await elsewhere.call('site.checkChain', {})).toMatchObject({ faults: [] });
  await elsewhere.close();
});

test('a copy is made before an upgrade changes anything', async () => {
  await record(2);
  await site.core.shutdown();
  await withDatabase(site.dir, (db) => db.exec(`UPDATE meta SET value = 'site:0' WHERE name = 'projections'`));
  later(DAY_MS);
  await site.signIn('suozhang');
  const { copies } = await site.call('backup.state', {});
  expect(copies).toHaveLength(1);
  const made = join(site.dir, 'backups', copies[0]?.id ?? '');
  expect(await readdir(made)).toEqual(expect.arrayContaining(['lijing.db', 'keyring.json', 'backup.json']));
  expect(await people()).toBe(2);
  await site.call('site.lock', {});
  await site.signIn('suozhang');
  expect((await site.call('backup.state', {})).copies).toHaveLength(1);
});

test('an upgrade that fails leaves the data as they were, for the version that was there before', async () => {
  await record(2);
  await site.call('site.rename', { printingName: '城关派出所（本部）' });
  await site.core.shutdown();
  const VERSION = 'site:0';
  await withDatabase(site.dir, (db) => {
    // A record that no version of the tables can hold: what an upgrade with a fault in it would meet.
    db.exec('DROP TRIGGER entry_is_never_changed');
    db.exec(`UPDATE entry SET line = replace(line, '"change":"', '"changed":"') WHERE kind = 'roster.person-recorded'`);
    db.prepare(`UPDATE meta SET value = ? WHERE name = 'projections'`).run(VERSION);
  });
  const before = await withDatabase(site.dir, (db) => rowsOf(db, projections));
  expect(await refusedAtTheDoor()).toBe('database.upgrade-failed');
  await site.core.shutdown();
  const after = await withDatabase(site.dir, (db) => ({
    rows: rowsOf(db, projections),
    version: db.prepare(`SELECT value FROM meta WHERE name = 'projections'`).pluck().get(),
  }));
  expect(after).toEqual({ rows: before, version: VERSION });
  expect(await readdir(join(site.dir, 'backups'))).toHaveLength(1);
});

test('a disk that takes no more bytes, at any write, costs the act alone, and room makes it go on', async () => {
  await record(10);
  await site.core.shutdown();
  const stick = join(site.dir, 'stick');
  await mkdir(stick);
  const core = await startCore(site.dir);
  await core.signIn('suozhang');
  const log = `${database()}-wal`;
  const allow = (bytes: number | 'unlimited'): unknown =>
    execFileSync('prlimit', [`--pid=${String(core.pid)}`, `--fsize=${String(bytes)}:unlimited`]);
  let recorded = 10;
  let refused = 0;
  for (let room = 0; room < 10; room += 1) {
    allow((existsSync(log) ? (await readFile(log)).length : 0) + room * 3_300);
    const answers = [
      await core.call('roster.recordPerson', draftOf(200 + room)),
      await core.call('backup.make', { drive: null }),
      await core.call('site.changePassword', { password: PASSWORD, newPassword: PASSWORD }),
    ];
    allow('unlimited');
    if (answers[0]?.ok) recorded += 1;
    for (const answer of answers) {
      if (answer.ok) continue;
      refused += 1;
      expect(answer.problem.code).toMatch(/^disk\./);
      expect(problemKinds).toHaveProperty([answer.problem.code]);
    }
    const { ok, value } = (await core.call('roster.counts', {})) as { ok: true; value: { active: number } };
    expect({ ok, active: value.active }).toEqual({ ok: true, active: recorded });
  }
  expect(refused).toBeGreaterThan(5);
  expect((await core.call('roster.recordPerson', draftOf(300))).ok).toBe(true);
  await core.kill();
  await site.signIn('suozhang');
  expect(await people()).toBe(recorded + 1);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
  expect((await readdir(site.dir)).filter((name) => name.endsWith('.part')).map((name) => basename(name))).toEqual([]);
});

test('a file that was changed while the site was locked is read through again, by whichever process opens it', async () => {
  await record(30);
  await site.call('site.lock', {});
  await spoil(site.dir, (await pagesOf(site.dir, 'person_by_pinyin')).at(-1) ?? 0);
  await site.signIn('suozhang');
  expect((await site.call('backup.state', {})).lastMended).toMatchObject({ how: 'rebuilt' });
  expect(await people()).toBe(30);
});
