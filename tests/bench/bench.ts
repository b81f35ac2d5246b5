import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../electron/db/migrate.ts';
import { migrations } from '../../electron/db/migrations/index.ts';
import { type Db, openDatabase } from '../../electron/db/open.ts';
import { replay } from '../../electron/journal/journal.ts';
import { verifyChain } from '../../electron/journal/verify.ts';
import { projections } from '../../electron/wiring.ts';
import { aCounty } from '../support/county.ts';
import { aJournal, type TestJournal } from '../support/journal.ts';
import { aStation } from '../support/site.ts';
import { against, type Figure, ms, quantile, report, timed } from './measure.ts';
import { aPerson } from './people.ts';

/** `npm run bench -- --entries 1000000` for the full size of the goals; the default fits a coffee break. */
const flag = process.argv.indexOf('--entries');
const ENTRIES = flag > 0 ? Number(process.argv[flag + 1]) : 100_000;
const DURABLE = 400;
const SEARCHED = 100_000;
const nobody = { id: 'system', key: null };

const fill = ({ journal }: TestJournal, count: number): void =>
  journal.together(() => {
    for (let n = 0; n < count; n += 1) journal.append('roster.person-recorded', aPerson(n), nobody);
  });

/** A database of the same form beside the one measured, for the limits. */
async function besides<T>(work: (db: Db) => Promise<T> | T): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'lijing-limit-'));
  const db = openDatabase(join(dir, 'limit.db'), Buffer.alloc(32, 1), 'write');
  try {
    return await work(db);
  } finally {
    db.close();
    await rm(dir, { recursive: true, force: true });
  }
}

type Rows = readonly { readonly table: string; readonly columns: readonly string[]; readonly values: readonly unknown[][] }[];

/** Everything the journal and its projections hold, to be inserted once more by bare statements. */
function rowsOf(db: Db): Rows {
  const tables = db.prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'table'`).all();
  return tables
    .filter(({ name }) => !['meta', 'secret'].includes(name))
    .map(({ name }) => {
      const all = db.prepare(`SELECT * FROM "${name}"`);
      return { table: name, columns: all.columns().map((column) => column.name), values: all.raw().all() as unknown[][] };
    });
}

const inserter = (db: Db, { table, columns }: Rows[number]) =>
  db.prepare(`INSERT INTO "${table}" VALUES (${columns.map(() => '?').join(', ')})`);

/** Time of bare prepared inserts of the same rows into the same tables, in one transaction. */
const bareInserts = (rows: Rows): Promise<number> =>
  besides(async (db) => {
    migrate(db, migrations);
    await replay(db, projections, { site: '999999010100-1', kind: 'station' }, async () => {});
    return timed(() =>
      db.transaction(() => {
        for (const one of rows) {
          const insert = inserter(db, one);
          for (const values of one.values) insert.run(...values);
        }
      })(),
    );
  });

async function append(): Promise<Figure> {
  const at = await aJournal(projections);
  const people = Array.from({ length: DURABLE }, (_, n) => aPerson(n));
  const ours = await timed(() => people.forEach((person) => at.journal.append('roster.person-recorded', person, nobody)));
  const lines = at.db.prepare<[], { line: string }>('SELECT line FROM entry').all();
  at.close();
  const limit = await besides((db) => {
    db.exec('CREATE TABLE raw (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO raw (line) VALUES (?)');
    return timed(() => lines.forEach(({ line }) => insert.run(line)));
  });
  return against('append one entry with its projection, durable', ours / DURABLE, limit / DURABLE, 2.5);
}

async function replayAndCheck(): Promise<Figure[]> {
  const at = await aJournal(projections);
  fill(at, ENTRIES);
  const replaying = await timed(() => replay(at.db, projections, at.self, async () => {}));
  const checking = await timed(() => verifyChain(at.db, async () => {}), 2);
  const bareHash = await timed(() => {
    for (const { line } of at.db.prepare<[], { line: string }>('SELECT line FROM entry ORDER BY position').iterate())
      createHash('sha256').update(line).digest();
  }, 2);
  const rows = rowsOf(at.db);
  at.close();
  const inserting = await bareInserts(rows.filter(({ table }) => table !== 'entry'));
  return [
    against(`replay ${ENTRIES} entries`, replaying, inserting, 3),
    against(`chain check of ${ENTRIES} entries`, checking, bareHash, 2),
  ];
}

async function importing(): Promise<Figure> {
  const count = Math.min(ENTRIES, 100_000);
  const county = await aCounty();
  const station = await county.station('999999010100', '城关派出所');
  await station.core.shutdown();
  await fillClosed(station.dir, count);
  await station.signIn('suozhang');
  const bundle = await county.report(station);
  const memoryBefore = process.memoryUsage().rss;
  const ours = await timed(() => county.receive(bundle));
  console.log(`  memory of the process grew by ${Math.round((process.memoryUsage().rss - memoryBefore) / 2 ** 20)} MiB over the import`);
  await county.bureau.core.shutdown();
  const db = await openClosed(county.bureau.dir, 'guanli');
  const rows = rowsOf(db);
  db.close();
  await county.close();
  return against(`import a bundle of ${count} entries, per entry`, ours / count, (await bareInserts(rows)) / count, 4);
}

/** Opens a closed site's database with the key its password gives. */
async function openClosed(dir: string, loginName: string): Promise<Db> {
  const { openVault } = await import('../../electron/site/vault.ts');
  const { databasePath } = await import('../../electron/site/founding.ts');
  const { PASSWORD } = await import('../support/site.ts');
  const { dataKey } = await openVault(dir, () => new Date()).unlock(loginName, PASSWORD);
  return openDatabase(databasePath(dir), dataKey, 'write');
}

async function fillClosed(dir: string, count: number): Promise<void> {
  const { openJournal } = await import('../../electron/journal/journal.ts');
  const db = await openClosed(dir, 'suozhang');
  const self = { site: '999999010100-1', kind: 'station' } as const;
  const journal = openJournal(db, projections, self, () => new Date(), () => []);
  fill({ journal } as TestJournal, count);
  db.close();
}

async function searching(): Promise<Figure[]> {
  const site = await aStation();
  await site.core.shutdown();
  await fillClosed(site.dir, SEARCHED);
  await site.signIn('suozhang');
  const plain = {
    statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null,
    sort: 'name', descending: false, offset: 0, limit: 50,
  } as const;
  const samples = async (searches: readonly string[], offset = 0): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 10; round += 1)
      for (const search of searches)
        times.push(await timed(() => site.call('roster.listPersons', { ...plain, statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], search, offset })));
    return quantile(times, 0.95);
  };
  const p95 = (what: string, value: number): Figure => ({ what, ours: ms(value), limit: '50 ms', ratio: value / 50, goal: 1 });
  const figures = [
    p95(`first page of ${SEARCHED} people, p95`, await samples([''])),
    p95('search by characters, p95', await samples(['张', '建军', '王志强', '彩霞'])),
    p95('search by pinyin and initials, p95', await samples(['zhang', 'wangzhi', 'zjj', 'lxf'])),
    p95('search by badge number, p95', await samples(['600123', '6543'])),
  ];
  await site.close();
  return figures;
}

async function unlocking(): Promise<Figure> {
  const { scrypt } = await import('node:crypto');
  const { promisify } = await import('node:util');
  const site = await aStation();
  const signing: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    await site.call('site.lock', {});
    signing.push(await timed(() => site.signIn('suozhang').then(() => site.call('site.status', {}))));
  }
  const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
  const key = await timed(() => derive('x', Buffer.alloc(16), 32, { N: 2 ** 10, r: 8, p: 1, maxmem: 2 ** 28 }), 5);
  await site.close();
  const beyond = quantile(signing, 0.5) - key;
  return { what: 'unlock to usable home, beyond key derivation', ours: ms(beyond), limit: '300 ms', ratio: beyond / 300, goal: 1 };
}

const figures: Figure[] = [];
const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7);
for (const measure of [append, replayAndCheck, importing, searching, unlocking]) {
  if (only && measure.name !== only) continue;
  console.log(`measuring: ${measure.name}`);
  figures.push(...[await measure()].flat());
}
report(figures);
