import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countLines, exchange, type Exchanged, isBalanced, totalOf } from './exchange.ts';
import { importLedgers } from './ledgers.ts';
import { askOutsideTools } from './outside-tools.ts';
import { recordActs } from './records.ts';
import { reportOf, takeKeys } from './report.ts';
import { foundWorld, type World } from './world.ts';

/**
 * `npm run demo [-- --out DIR --x25519]`: a county's whole hand-off without a window. With `--out` everything stays in
 * DIR, beside `report.json` with counts, paths and keys; `--x25519` makes classical keys, which every `age` opens.
 */
const { values } = parseArgs({
  options: { out: { type: 'string' }, x25519: { type: 'boolean', default: false } },
});

const say = (...lines: readonly string[]): void => console.log([...lines, ''].join('\n'));

async function emptyFolder(path: string): Promise<string> {
  const dir = resolve(path);
  await mkdir(dir, { recursive: true });
  if ((await readdir(dir)).length > 0) throw new Error(`${dir} 不是空文件夹，请换一个。`);
  return dir;
}

async function keysOf(dir: string, { bureau }: World, packages: readonly Exchanged[]) {
  const folder = join(dir, 'keys');
  const bureauKeys = await takeKeys(bureau.dir, 'guanli', folder, 'bureau');
  const stations = [];
  for (const exchanged of packages) {
    const { site, code } = exchanged.station;
    stations.push({ exchanged, keys: await takeKeys(site.dir, 'suozhang', folder, code) });
  }
  return { bureauKeys, stations };
}

/** Every step in turn; true when the counts balance. */
async function demonstrate(dir: string): Promise<boolean> {
  const world = await foundWorld(dir, values.x25519 ? 'x25519' : 'hybrid');
  say('一、建站', `青山县公安局已建站；开站包建站：${world.stations.map(({ name }) => name).join('、')}。`);
  say('二、导入样本台账', ...(await importLedgers(world)));
  say('三、记录', ...(await recordActs(world)));
  const { packages, counted } = await exchange(world);
  await world.close();
  const unexpected = [world.bureau, ...world.stations.map(({ site }) => site)].flatMap(({ logged }) => logged);
  if (unexpected.length > 0) throw new Error('an error was logged', { cause: unexpected[0] });
  const { bureauKeys, stations } = await keysOf(dir, world, packages);
  const report = reportOf(counted, bureauKeys, stations);
  await writeFile(join(dir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  say('四、外部工具', ...(await askOutsideTools(dir, report, values.x25519)));
  say('五、上报、接收、回执', ...countLines(counted));
  return counted.every(isBalanced) && isBalanced(totalOf(counted));
}

const dir = values.out ? await emptyFolder(values.out) : await mkdtemp(join(tmpdir(), 'lijing-demo-'));
try {
  process.exitCode = (await demonstrate(dir)) ? 0 : 1;
} finally {
  if (!values.out) await rm(dir, { recursive: true, force: true });
}
