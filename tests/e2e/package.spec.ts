import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { extractAll, getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { findChromium } from '../stand-in/find-chromium.ts';
import { electronVersion, stubElectron } from '../package/stub-electron.ts';
import { expect, test } from './support/app.ts';
import { onStandIn } from './support/on-stand-in.ts';
import { ask, foundStation } from './support/seed.ts';

const appDir = join(import.meta.dirname, '..', '..');
const native = `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`;
/** All that the application needs to run, and not a file more. */
const needed = [
  /^package\.json$/,
  /^out\/(main|core|chunks)\/[\w-]+\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|png|svg|woff2|jpg))$/,
  /^node_modules\/better-sqlite3\/(LICENSE|package\.json|lib\/[\w/-]+\.js)$/,
  new RegExp(`^${native.replaceAll('.', '\\.')}$`),
];

test('what is packed is all that is needed and no more, its fuses are turned, and it runs', async ({ folder }) => {
  const dist = join(folder, 'electron');
  const output = join(folder, 'packed');
  stubElectron(dist);
  const tool = join(appDir, 'node_modules', 'electron-builder', 'cli.js');
  const packed = spawnSync(
    process.execPath,
    [
      ...[tool, '--dir', '--linux', `--${process.arch}`, '--publish', 'never', `-c.electronDist=${dist}`],
      ...[`-c.electronVersion=${electronVersion()}`, `-c.directories.output=${output}`],
    ],
    { cwd: appDir, encoding: 'utf8' },
  );
  expect(packed.status, packed.stdout + packed.stderr).toBe(0);
  const tree = join(output, readdirSync(output).find((name) => name.endsWith('-unpacked')) ?? '');
  const archive = join(tree, 'resources', 'app.asar');

  const files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
  const leaves = files.filter((path) => !files.some((other) => other.startsWith(`${path}/`)));
  expect(leaves.filter((path) => !needed.some((pattern) => pattern.test(path)))).toEqual([]);
  for (const pattern of needed)
    expect(
      leaves.some((path) => pattern.test(path)),
      String(pattern),
    ).toBe(true);
  expect(readdirSync(join(tree, 'locales'))).toEqual(['zh-CN.pak']);
  expect(readFileSync(join(tree, 'LICENSES.lijing.txt'), 'utf8')).toContain('age-encryption');

  // The driver's program lies beside the archive, and nothing else does.
  const unpacked = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  expect(unpacked.map(({ name }) => name)).toEqual([native.slice(native.lastIndexOf('/') + 1)]);
  expect(statSync(join(`${archive}.unpacked`, native)).size).toBeGreaterThan(500_000);
  // Every file of the archive carries its own hash, which the fuse has checked.
  expect(JSON.stringify(getRawHeader(archive).header).split('"integrity"').length - 1).toBeGreaterThanOrEqual(
    leaves.length,
  );

  const wire = await getCurrentFuseWire(join(tree, 'lijing'));
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ];
  for (const fuse of Object.values(FuseV1Options).filter((each) => typeof each === 'number'))
    expect(String.fromCharCode(wire[fuse] ?? 0), FuseV1Options[fuse]).toBe(on.includes(fuse) ? '1' : '0');

  if (findChromium() === null) return;
  const extracted = join(folder, 'extracted');
  extractAll(archive, extracted);
  const runner = onStandIn(extracted);
  const app = await runner.start({
    dataDir: join(folder, 'data'),
    drives: [],
    screen: { width: 1366, height: 768, scale: 1 },
  });
  await foundStation(app.page);
  await expect(app.page.getByRole('heading', { name: '首页' })).toBeVisible();
  expect(await ask(app.page, 'site.status', {})).toMatchObject({ state: 'open', appVersion: '0.1.0' });
  expect(await app.close()).toEqual([]);
  await runner.end();
});
