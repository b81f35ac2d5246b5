import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVault } from '../../../electron/site/vault.ts';
import { secretsOf } from '../../../electron/db/secrets.ts';
import { aPerson } from '../../bench/people.ts';
import { type CoreProcess, startCore } from '../../support/core-process.ts';
import { withDatabase } from '../../support/damage.ts';
import { countInMemory } from '../../support/memory.ts';
import { aStation, PASSWORD, type TestSite } from '../../support/site.ts';

/** What no stranger may find: a name, an identity number, a telephone number, the password. */
const CANARIES = ['金丝雀乙丙', '11010519491231002X', '13912345678', PASSWORD, 'suozhang'];

let site: TestSite;
let folder: string;
let core: CoreProcess;
let secrets: Readonly<Record<string, Buffer>>;

/** A day's work in the core as the application runs it, and the site locked afterwards. */
beforeAll(async () => {
  site = await aStation();
  await site.core.shutdown();
  folder = await mkdtemp(join(tmpdir(), 'lijing-traces-'));
  await mkdir(join(folder, 'temporary'));
  await mkdir(join(folder, 'stick'));
  const { dataKey, signingKey } = await openVault(site.dir, () => new Date()).unlock('suozhang', PASSWORD);
  const siteKey = await withDatabase(site.dir, (db) => secretsOf(db).get('site-signing-key'));
  secrets = {
    'the data key': Buffer.from(dataKey),
    'the data key as text': Buffer.from(dataKey.toString('hex')),
    'the signing key of the account': signingKey.subarray(-32),
    'the signing key of the site': siteKey?.subarray(-32) ?? Buffer.from('none'),
  };

  core = await startCore(site.dir, { ...process.env, TMPDIR: join(folder, 'temporary') });
  await core.signIn('suozhang');
  for (let n = 0; n < 5; n += 1) {
    const { id: _id, version: _version, ...facts } = aPerson(n).person;
    const named = { ...facts, name: CANARIES[0] ?? '', namePinyin: 'jin si que', phone: CANARIES[2] ?? '' };
    const person = {
      ...named,
      birthDate: '1949-12-31',
      sex: 'FEMALE' as const,
      residentId: n === 0 ? CANARIES[1] : null,
    };
    const draft = { id: null, version: null, facts: person as typeof facts, reason: '', namesakeConfirmed: true };
    expect(await core.call('roster.recordPerson', draft)).toMatchObject({ ok: true });
  }
  expect(await core.call('backup.make', { drive: null })).toMatchObject({ ok: true });
  expect(await core.call('backup.make', { drive: await core.drive(join(folder, 'stick')) })).toMatchObject({
    ok: true,
  });
  expect(await core.call('site.checkChain', {})).toMatchObject({ ok: true });
  expect(countInMemory(core.pid, secrets)['the data key']).toBeGreaterThan(0);
  await core.call('site.lock', {});
});
afterAll(async () => {
  await core.kill();
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

test('after locking the data key stands nowhere in the memory of the process that held it', () => {
  expect(countInMemory(core.pid, secrets)).toMatchObject({ 'the data key': 0, 'the data key as text': 0 });
});

test('after locking the core asks to be replaced: what memory cannot be made to forget ends with the process', async () => {
  await core.spent;
});

test.each(['the data folder with its log and backups', 'the stick', 'the temporary folder'])(
  'no name, number or password stands readable in %s',
  async (place) => {
    const where = { 'the stick': 'stick', 'the temporary folder': 'temporary' }[place];
    const root = where === undefined ? site.dir : join(folder, where);
    const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
    if (place !== 'the temporary folder') expect(files.length).toBeGreaterThan(2);
    for (const { parentPath, name } of files) {
      const bytes = await readFile(join(parentPath, name));
      for (const canary of CANARIES)
        for (const encoding of ['utf8', 'utf16le'] as const)
          expect(bytes.includes(Buffer.from(canary, encoding)), `${canary} in ${name}`).toBe(false);
      for (const [secret, value] of Object.entries(secrets))
        expect(bytes.includes(value), `${secret} in ${name}`).toBe(false);
    }
  },
);
