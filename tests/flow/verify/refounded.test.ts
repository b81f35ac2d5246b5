import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract.ts';
import { secretsOf } from '../../../electron/db/secrets.ts';
import { sealed, unsealed } from '../../../electron/crypto/age.ts';
import { normalSpokenKey } from '../../../electron/crypto/spoken-key.ts';
import { aCounty, type County, NEW_CHIEF, type Refounded } from '../../support/county.ts';
import { withDatabase } from '../../support/damage.ts';
import { allOf, piecesOf } from '../../support/package-world.ts';
import { photosIn, sessionWithPhotos } from '../../support/photos.ts';
import type { TestSite } from '../../support/site.ts';
import { aSession, recordSession, somePeople } from '../../support/training.ts';
import { normalCode, type Opening } from '../../verify/container.ts';
import { county as countyOf } from '../../verify/county.ts';
import { type Package, readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const SITE = '999999010100-1';
const ANEW = '999999010100-2';
const KB = 1_000;
/** Room for two sessions of the test. */
const TIGHT = 620 * KB;
const STREAMS = ['999999010000-1/common', `999999010000-1/${SITE}`, SITE, `999999010000-1/${ANEW}`];

let county: County;
let identities: readonly string[];
beforeEach(async () => {
  county = await aCounty();
  await county.bureau.call('site.lock', {});
  identities = await withDatabase(county.bureau.dir, (db) => secretsOf(db).identities(), 'guanli');
  await county.bureau.signIn('guanli');
});
afterEach(() => county.close());

async function reopened(dir: string): Promise<TestSite> {
  const site = await county.computer(dir);
  await site.signIn('suozhang');
  return site;
}

/** A package as the verifier reads it, by the keys it brings along. */
const read = async (path: string, opening: Opening): Promise<Package> =>
  readPackage([await readFile(path)], opening, {
    signersOf: ({ pairing }) => (pairing ? [ed25519Key(pairing.signPublicKey)] : []),
  });

/** What the verifier makes of packages together. */
async function together(...packages: readonly Package[]) {
  const all = countyOf();
  for (const one of packages) all.add(one);
  all.checkPairings();
  all.checkLineage();
  all.checkReceipts();
  return { streams: all.streams(), signatures: all.checkSignatures() };
}

/** Three bundles from small sticks, of which the one between is lost, and a report of another history. */
async function strandedAndForked() {
  const station = await county.station('999999010100', '城关派出所');
  const people = await somePeople(station, 2);
  const first = await county.report(station);
  await county.receive(first);
  await county.answer(station, SITE);
  const [older, kept] = [await county.folder(), await county.folder()];
  await station.core.shutdown();
  await cp(station.dir, older, { recursive: true });

  const one = await reopened(station.dir);
  for (let n = 0; n < 5; n += 1) {
    const photos = join(await county.folder(), 'photos');
    await mkdir(photos);
    await sessionWithPhotos(one, people, await photosIn(photos, 2, 100 * KB), `集中学习${String(n)}`);
  }
  const parts: string[] = [];
  for (let continues: number | null = null, isDone = false; !isDone;) {
    const drive = await one.drive(county.stick, { freeBytes: TIGHT });
    const { fileName, number, rest }: Output<'handoff.export'> = await one.call('handoff.export', {
      drive,
      medium: '',
      continues,
    });
    parts.push(join(kept, fileName));
    await cp(join(county.stick, fileName), join(kept, fileName));
    [continues, isDone] = [number, !rest];
  }
  const [before = '', , ...behind] = parts;
  await county.receive(before, ...behind);

  const other = await reopened(older);
  for (const title of ['第二支', '第二支续']) await recordSession(other, aSession(people, { title, course: null }));
  const fork = await county.report(other);
  const [outcome] = await county.receive(fork);
  return { people, taken: [first, before, ...behind], fork, forkedAt: outcome?.problem?.detail?.['seq'] };
}

test('of a stranded and a forked history the verifier counts what the application counts, to the entry', async () => {
  const { people, taken, fork, forkedAt } = await strandedAndForked();
  const reports = await Promise.all(taken.map((path) => read(path, { identities })));
  const { streams, signatures } = await together(...reports);
  const [row] = await county.bureau.call('handoff.board', {});
  expect(streams).toMatchObject([{ stream: SITE, gaps: row?.gaps }]);
  expect(row?.gaps).toHaveLength(1);
  expect(signatures.unknown).toBe(0);
  await expect(read(fork, { identities }).then((second) => together(...reports, second))).rejects.toMatchObject({
    message: `journal.fork (${SITE} ${String(forkedAt)})`,
  });

  const refounded = await county.refound(SITE, 'forked');
  expect(refounded.carried).toBeGreaterThan(2);
  const kit = await read(refounded.kit, { codes: [normalCode(refounded.code)] });
  const anew = await county.computer();
  const file = await anew.file(refounded.kit, 'bundle');
  await anew.call('site.foundStationFromKit', { file, code: refounded.code, ...NEW_CHIEF });
  const inKit = await together(kit);
  expect(inKit.streams.map(({ stream }) => stream)).toEqual(STREAMS.toSorted());
  for (const site of [county.bureau, anew]) {
    const { heads } = await site.call('site.checkChain', {});
    const ends = inKit.streams.map(({ stream, lastSeq, head }) => ({ stream, seq: lastSeq, hash: head }));
    expect(heads).toEqual(expect.arrayContaining(ends));
  }
  expect(inKit.streams.every(({ gaps, entries, lastSeq }) => gaps.length === 0 && entries === lastSeq)).toBe(true);
  const carried = kit.manifest.countsByKind['handoff.entry-carried'] ?? 0;
  expect(carried).toBe(refounded.carried);

  // Kit, the reports of both computers and the return: one county, nothing missing, every signature known.
  await recordSession(anew, aSession(people, { title: '新机训练', course: null }));
  const last = await county.report(anew);
  await county.receive(last);
  const whole = await together(kit, ...reports.slice(0, 2), await read(last, { identities }));
  const { heads } = await county.bureau.call('site.checkChain', {});
  const own = heads.find(({ stream }) => stream === ANEW);
  expect(whole.streams).toContainEqual({
    stream: ANEW,
    entries: own?.seq,
    lastSeq: own?.seq,
    head: own?.hash,
    gaps: [],
  });
  expect(whole.signatures.unknown).toBe(0);
  await expectCommandLine({ ...refounded, last });
});

const run = (...args: readonly string[]): Promise<{ readonly exit: number; readonly said: string }> =>
  new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../verify/verify.ts');
    execFile(process.execPath, [script, ...args], (error, stdout) => {
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, said: stdout });
    });
  });

/** `npm run verify` on the kit and the new computer's report; then on the kit sealed anew with a bit turned inside. */
async function expectCommandLine({ kit, code, last }: Refounded & { readonly last: string }): Promise<void> {
  const place = await county.folder();
  const keys = join(place, 'identity');
  await writeFile(keys, identities.join('\n'));
  const { exit, said } = await run(kit, last, '--identity', keys, '--code', code);
  expect(said).toContain('全部通过');
  expect(exit).toBe(0);
  for (const stream of [...STREAMS, ANEW]) expect(said).toContain(`${stream}：`);

  const to = { code: normalSpokenKey(code), logN: 10 };
  const packed = await allOf(unsealed(piecesOf(await readFile(kit)), to));
  packed[packed.length >> 1] = (packed[packed.length >> 1] ?? 0) ^ 1;
  const spoilt = join(place, basename(kit));
  await writeFile(spoilt, await allOf(sealed(piecesOf(packed), to)));
  const refused = await run(spoilt, last, '--identity', keys, '--code', code);
  expect(refused.said).toMatch(/不通过，(bundle|journal)[.]/);
  expect(refused.exit).toBe(1);
}
