import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPerson } from '../../bench/people.ts';
import { adoptable } from '../../support/adopt.ts';
import { pagesOf, spoil } from '../../support/damage.ts';
import { aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

let site: TestSite;
let stick: string;
const others: TestSite[] = [];

beforeEach(async () => {
  site = await aStation();
  stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
  await site.close();
  await rm(stick, { recursive: true, force: true });
});

const SITE = '999999010100-1';
const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };

async function record(count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n += 1) {
    const { id: _id, version: _version, ...facts } = aPerson(n).person;
    await site.call('roster.recordPerson', { id: null, version: null, facts, reason: '', namesakeConfirmed: true });
  }
}
const people = async (at: TestSite = site) => (await at.call('roster.counts', {})).active;
const database = (): string => join(site.dir, 'lijing.db');

test('a backup is made beside the database, proven, and told', async () => {
  expect(await site.call('backup.state', {})).toMatchObject({ copies: [], last: null, isOld: true, isDue: true });
  await record(3);
  const made = await site.call('backup.make', { drive: null });
  const state = await site.call('backup.state', {});
  expect(state).toMatchObject({ copies: [made], isOld: false, isDue: false, lastOnMedium: null });
  site.now.value = new Date(site.now.value.getTime() + 4 * 86_400_000);
  expect(await site.call('backup.state', {})).toMatchObject({ isOld: true, isDue: true });
});

test('a drill says what would come back and changes nothing', async () => {
  await record(3);
  const { id, entries } = await site.call('backup.make', { drive: null });
  await record(2, 3);
  const drill = await site.call('backup.drill', { id });
  expect(drill).toMatchObject({ entries, people: 3 });
  expect(drill.younger).toBeGreaterThanOrEqual(2);
  expect(await people()).toBe(5);
  expect(await site.refusal('backup.drill', { id: 'nowhere' })).toMatchObject({ code: 'backup.unknown' });
});

test('a damaged copy is found out by the drill and offered to nobody', async () => {
  const { id } = await site.call('backup.make', { drive: null });
  const copy = join(site.dir, 'backups', id, 'lijing.db');
  const whole = await readFile(copy);
  whole.fill(0, 4096, 8192);
  await writeFile(copy, whole);
  expect(await site.refusal('backup.drill', { id })).toMatchObject({ code: 'backup.damaged' });
  expect(await site.call('backup.restorable', SUOZHANG)).toMatchObject({ copies: [] });
});

test('a sound database is never replaced', async () => {
  const { id } = await site.call('backup.make', { drive: null });
  expect(await site.refusal('backup.restore', { ...SUOZHANG, id })).toMatchObject({ code: 'backup.not-needed' });
  await site.core.shutdown();
  expect(await site.refusal('backup.restore', { ...SUOZHANG, id })).toMatchObject({ code: 'backup.not-needed' });
});

test('a damaged database comes back from the copy, its younger entries with it, and is kept aside', async () => {
  await record(5);
  const { id } = await site.call('backup.make', { drive: null });
  await record(60, 5);
  await site.core.shutdown();
  await spoil(site.dir, (await pagesOf(site.dir, 'entry')).at(-1) ?? 0);
  expect(await site.refusal('site.signIn', SUOZHANG)).toMatchObject({ code: 'database.damaged' });
  expect((await site.call('backup.restorable', SUOZHANG)).copies).toMatchObject([{ id }]);
  expect(await site.refusal('backup.restorable', { ...SUOZHANG, password: '不对不对不对不对不对' })).toMatchObject({
    code: 'site.login-failed',
  });
  const { salvaged } = await site.call('backup.restore', { ...SUOZHANG, id });
  await site.signIn('suozhang');
  expect(await people()).toBeGreaterThanOrEqual(5);
  expect(salvaged).toBeGreaterThan(0);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
  expect((await site.call('backup.state', {})).lastMended).toMatchObject({ how: 'restored' });
  const [aside] = await readdir(join(site.dir, 'damaged'));
  expect(existsSync(join(site.dir, 'damaged', aside ?? '', 'lijing.db'))).toBe(true);
});

test('wherever the damage is, either the database still opens as it was or a way back leads to the end', async () => {
  await record(20);
  const { id, entries } = await site.call('backup.make', { drive: null });
  await record(5, 20);
  await site.core.shutdown();
  const sound = await mkdtemp(join(tmpdir(), 'lijing-sound-'));
  await cp(site.dir, sound, { recursive: true });
  const size = (await readFile(database())).length;
  for (let round = 0; round < 25; round += 1) {
    await rm(site.dir, { recursive: true, force: true });
    await cp(sound, site.dir, { recursive: true });
    const offset = randomInt(size);
    const whole = await readFile(database());
    whole[offset] = (whole[offset] ?? 0) ^ 0xff;
    await writeFile(database(), whole);
    const opened = await site.core.call('site.signIn', SUOZHANG);
    if (!opened.ok) {
      expect(opened.problem.code, `byte ${String(offset)}`).toBe('database.damaged');
      await site.call('backup.restore', { ...SUOZHANG, id });
      await site.signIn('suozhang');
      expect(await people()).toBeGreaterThanOrEqual(20);
    } else {
      expect(await people(), `byte ${String(offset)}`).toBe(25);
    }
    expect(await site.call('site.checkChain', {}), `byte ${String(offset)}`).toMatchObject({ faults: [] });
    const { streams, entries: seen } = await site.call('site.checkChain', {});
    expect(streams).toBe(1);
    expect(seen).toBeGreaterThanOrEqual(entries);
    await site.core.shutdown();
  }
  await rm(sound, { recursive: true, force: true });
});

test('a database cut off or gone altogether comes back as far as the copy', async () => {
  await record(4);
  const { id } = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  await truncate(database(), 5000);
  expect(await site.refusal('site.signIn', SUOZHANG)).toMatchObject({ code: 'database.damaged' });
  await site.call('backup.restore', { ...SUOZHANG, id });
  await site.signIn('suozhang');
  expect(await people()).toBe(4);
});

test('one damaged copy of the keyring goes unnoticed, both are taken from the backup', async () => {
  await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  const copies = ['keyring.json', 'keyring.copy.json'].map((name) => join(site.dir, name));
  await writeFile(copies[0] ?? '', '{');
  await site.signIn('suozhang');
  await site.core.shutdown();
  expect(await site.refusal('backup.restoreKeyring', {})).toMatchObject({ code: 'backup.not-needed' });
  for (const copy of copies) await writeFile(copy, '{');
  expect(await site.refusal('site.signIn', SUOZHANG)).toMatchObject({ code: 'site.keyring-damaged' });
  expect(await site.call('backup.restoreKeyring', {})).toEqual({
    madeAt: site.now.value.toISOString(),
    onStick: false,
  });
  await site.signIn('suozhang');
});

test('where the newest backup’s keyring is damaged too, an older one is taken, and said which', async () => {
  const first = await site.call('backup.make', { drive: null });
  await record(1);
  site.now.value = new Date(site.now.value.getTime() + 86_400_000);
  const second = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  for (const name of ['keyring.json', 'keyring.copy.json']) await writeFile(join(site.dir, name), '{');
  await writeFile(join(site.dir, 'backups', second.id, 'keyring.json'), '{');
  expect(await site.call('backup.restoreKeyring', {})).toEqual({ madeAt: first.at, onStick: false });
  await site.signIn('suozhang');
  expect(await people()).toBe(1);
});

test('where none here has one, the stick’s keyring is taken, and never another site’s', async () => {
  const { id } = await site.call('backup.make', { drive: null });
  const { at } = await site.call('backup.make', { drive: await site.drive(stick) });
  const other = await aStation({ organCode: '999999010200', name: '桃花派出所' });
  others.push(other);
  await other.call('roster.counts', {});
  for (let n = 0; n < 3; n += 1) await other.call('site.rename', { printingName: `桃花所${String(n)}` });
  await other.call('backup.make', { drive: await other.drive(stick) });
  await site.core.shutdown();
  for (const name of ['keyring.json', 'keyring.copy.json', join('backups', id, 'keyring.json')])
    await writeFile(join(site.dir, name), '{');
  expect(await site.call('backup.restoreKeyring', {})).toEqual({ madeAt: at, onStick: true });
  await site.signIn('suozhang');
  await site.core.shutdown();
  for (const name of ['keyring.json', 'keyring.copy.json', join('backups', id, 'keyring.json')])
    await writeFile(join(site.dir, name), '{');
  await rm(join(stick, 'lijing-backup-999999010100-1'), { recursive: true });
  expect(await site.refusal('backup.restoreKeyring', {})).toEqual({ code: 'backup.damaged' });
});

test('a taking over that is cancelled leaves the new computer as it was, and is begun again', async () => {
  await record(3);
  await cp(import.meta.filename, join(site.dir, 'attachments', 'f'.repeat(64)));
  await site.call('backup.make', { drive: await site.drive(stick) });
  for (const wanted of ['backup.checking', 'backup.attachments', 'backup.copying']) {
    const fresh = await aCore();
    others.push(fresh);
    const before = (await readdir(fresh.dir)).sort();
    const steps: string[] = [];
    fresh.listen((name, payload) => {
      if (name !== 'work.progress') return;
      const { jobId, step } = payload as { jobId: string; step: string };
      steps.push(step);
      if (step === wanted) void fresh.core.call('work.cancelJob', { jobId });
    });
    const chosen = await adoptable(fresh, stick);
    expect(await fresh.refusal('backup.adopt', chosen)).toEqual({ code: 'request.cancelled' });
    expect(steps).toContain(wanted);
    expect((await readdir(fresh.dir)).sort()).toEqual(before);
    fresh.listen(() => undefined);
    await fresh.call('backup.adopt', chosen);
    await fresh.signIn('suozhang');
    expect(await people(fresh)).toBe(3);
  }
});

test('with the stick alone, on a new computer and without any password, the recovery key opens the site', async () => {
  const first = await aCore();
  others.push(first);
  const { recoveryKey } = await first.call('site.foundStation', {
    ...{ name: '东街派出所', organCode: '999999010300', accountName: '值班所长', ...SUOZHANG },
  });
  await first.call('site.confirmRecoveryKey', { recoveryKey });
  await first.call('backup.make', { drive: await first.drive(stick) });
  const fresh = await aCore();
  others.push(fresh);
  await fresh.call('backup.adopt', await adoptable(fresh, stick));
  await fresh.call('site.recover', { recoveryKey, loginName: 'suozhang', newPassword: '换了电脑也记得-2026' });
  expect((await fresh.call('site.status', {})).site?.name).toBe('东街派出所');
});

test('a backup without a whole keyring is not taken over', async () => {
  await site.call('backup.make', { drive: await site.drive(stick) });
  const [folder = ''] = await readdir(stick);
  await writeFile(join(stick, folder, 'keyring.json'), '{');
  const fresh = await aCore();
  others.push(fresh);
  expect(await fresh.refusal('backup.adopt', await adoptable(fresh, stick))).toEqual({ code: 'backup.damaged' });
  expect((await fresh.call('site.status', {})).state).toBe('unfounded');
});

test('a new computer takes the whole site over from the stick, attachments and all', async () => {
  await record(3);
  const attachments = join(site.dir, 'attachments');
  await cp(import.meta.filename, join(attachments, 'f'.repeat(64)));
  const drive = await site.drive(stick, { label: '备份1号' });
  await site.call('backup.make', { drive });
  expect((await site.call('backup.state', {})).lastOnMedium).toMatchObject({ medium: '备份1号' });
  expect(await site.call('backup.drill', { drive })).toMatchObject({ people: 3, attachments: 1 });

  const fresh = await aCore();
  others.push(fresh);
  expect(await fresh.call('backup.adopt', await adoptable(fresh, stick))).toMatchObject({});
  await fresh.signIn('suozhang');
  expect(await people(fresh)).toBe(3);
  expect(await readdir(join(fresh.dir, 'attachments'))).toEqual(['f'.repeat(64)]);
  const again = await fresh.refusal('backup.adopt', { drive: await fresh.drive(stick), site: SITE });
  expect(again).toMatchObject({ code: 'site.already-founded' });
});

test('of a stick that holds several sites’ backups, the one that was chosen is taken over', async () => {
  await record(30);
  await site.call('backup.make', { drive: await site.drive(stick) });
  const other = await aStation({ organCode: '999999010200', name: '东街派出所', at: '2026-11-25T01:00:00Z' });
  others.push(other);
  await other.call('backup.make', { drive: await other.drive(stick) });

  const fresh = await aCore();
  others.push(fresh);
  const drive = await fresh.drive(stick);
  expect(await fresh.call('backup.sitesOn', { drive })).toMatchObject([
    { site: '999999010200-1', name: '东街派出所', at: '2026-11-25T01:00:00.000Z' },
    { site: SITE, name: '城关派出所', at: '2026-11-24T01:00:00.000Z', entries: expect.any(Number) as number },
  ]);
  await fresh.call('backup.adopt', { drive, site: '999999010200-1' });
  await fresh.signIn('suozhang');
  expect((await fresh.call('site.status', {})).site?.name).toBe('东街派出所');
  expect(await people(fresh)).toBe(0);
});

test('a backup from before its site was named beside it is offered by its code', async () => {
  await site.call('backup.make', { drive: await site.drive(stick) });
  const path = join(stick, `lijing-backup-${SITE}`, 'backup.json');
  const { name: _name, ...before } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify(before));
  const fresh = await aCore();
  others.push(fresh);
  const drive = await fresh.drive(stick);
  expect(await fresh.call('backup.sitesOn', { drive })).toMatchObject([{ site: SITE, name: null }]);
  await fresh.call('backup.adopt', { drive, site: SITE });
  await fresh.signIn('suozhang');
});

test('an empty stick holds no backup, a damaged one is not taken over', async () => {
  const fresh = await aCore();
  others.push(fresh);
  const drive = await fresh.drive(stick);
  expect(await fresh.refusal('backup.sitesOn', { drive })).toMatchObject({ code: 'backup.none-on-drive' });
  expect(await fresh.refusal('backup.adopt', { drive, site: SITE })).toMatchObject({ code: 'backup.none-on-drive' });
  await site.call('backup.make', { drive: await site.drive(stick) });
  const [folder] = await readdir(stick);
  await truncate(join(stick, folder ?? '', 'lijing.db'), 4096);
  expect(await site.refusal('backup.drill', { drive: await site.drive(stick) })).toMatchObject({
    code: 'backup.damaged',
  });
  expect(await fresh.refusal('backup.adopt', await adoptable(fresh, stick))).toMatchObject({
    code: 'backup.damaged',
  });
});

test('a full or write-protected stick is told, and no backup is said to have been made', async () => {
  const readOnly = await site.drive(stick, { readOnly: true });
  expect(await site.refusal('backup.make', { drive: readOnly })).toMatchObject({ code: 'disk.read-only' });
  expect(await site.refusal('backup.make', { drive: crypto.randomUUID() })).toMatchObject({
    code: 'handoff.drive-unknown',
  });
  expect((await site.call('backup.state', {})).last).toBeNull();
});

test('a copy that was interrupted is no backup', async () => {
  const { id } = await site.call('backup.make', { drive: null });
  const folder = join(site.dir, 'backups', id);
  await copyFile(join(folder, 'lijing.db'), join(folder, 'lijing.db.part'));
  await rm(join(folder, 'backup.json'));
  expect((await site.call('backup.state', {})).copies).toEqual([]);
});

test('the day has one backup of its own, and whoever works meanwhile waits instead of being refused', async () => {
  const [made, again, recorded] = await Promise.all([
    site.call('backup.makeDaily', {}),
    site.call('backup.makeDaily', {}),
    site.call('site.rename', { printingName: '城关所' }),
  ]);
  expect(made).not.toBeNull();
  expect(again).toBeNull();
  expect(recorded).toEqual({});
  site.now.value = new Date(site.now.value.getTime() + 86_400_000);
  expect(await site.call('backup.makeDaily', {})).not.toBeNull();
});

test('the chosen stick is known by its mark under whatever name, and copied to by itself, once a day', async () => {
  await record(2);
  expect(await site.call('backup.makeOnStick', {})).toBeNull();
  await site.call('backup.chooseStick', { drive: await site.drive(stick, { label: 'E:' }) });
  expect((await site.call('backup.state', {})).stick).toMatchObject({ label: 'E:' });
  expect(await site.call('backup.makeOnStick', {})).toMatchObject({ entries: expect.any(Number) as number });
  expect(await site.call('backup.makeOnStick', {})).toBeNull();
  expect(await site.call('backup.drill', { drive: await site.drive(stick) })).toMatchObject({ people: 2 });

  site.now.value = new Date(site.now.value.getTime() + 86_400_000);
  const other = await mkdtemp(join(tmpdir(), 'lijing-other-'));
  await site.drive(other, { label: 'E:' });
  expect(await site.call('backup.makeOnStick', {})).toBeNull();
  expect(await readdir(other)).toEqual([]);
  await site.drive(stick, { label: 'G:' });
  expect(await site.call('backup.makeOnStick', {})).not.toBeNull();

  site.now.value = new Date(site.now.value.getTime() + 86_400_000);
  await writeFile(join(stick, 'lijing-backup-999999010100-1', 'stick.json'), '{"id":');
  expect(await site.call('backup.makeOnStick', {})).toBeNull();
  await site.call('backup.chooseStick', { drive: null });
  expect((await site.call('backup.state', {})).stick).toBeNull();
  expect(await site.refusal('backup.chooseStick', { drive: crypto.randomUUID() })).toMatchObject({
    code: 'handoff.drive-unknown',
  });
  await rm(other, { recursive: true, force: true });
});
