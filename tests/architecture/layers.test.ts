import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const layers = ['shared', 'electron', 'renderer'];
const settings = join(root, '.dependency-cruiser.cjs');
const rules = (createRequire(import.meta.url)(settings) as { forbidden: { name: string }[] }).forbidden;

/** One violation of each rule: the file it is added to (a new one, mostly) and what it imports. */
const planted: readonly (readonly [rule: string, file: string, line: string])[] = [
  ['no-unresolvable', 'shared/to-nowhere.ts', `import './nowhere.ts';`],
  ['no-cycles', 'shared/to-itself.ts', `import './to-itself.ts';`],
  ['no-orphans', 'shared/alone.ts', `export const alone = 1;`],
  ['no-network', 'electron/files/to-network.ts', `import 'node:https';`],
  ['shared-is-pure', 'shared/to-react.ts', `import 'react';`],
  ['no-node-here', 'renderer/app/to-node.ts', `import 'node:fs';`],
  ['renderer-apart', 'renderer/app/to-core.ts', `import type {} from '../../electron/db/open.ts';`],
  ['electron-apart', 'electron/files/to-react.ts', `import type {} from 'react';`],
  ['product-apart-from-tests', 'electron/files/to-tests.ts', `import '../../tests/support/xlsx.ts';`],
  ['slices-do-not-meet', 'electron/roster/to-slice.ts', `import type {} from '../site/store.ts';`],
  ['slices-do-not-meet', 'renderer/site/to-slice.ts', `import '../home/to-slice.ts';`],
  ['base-below-slices', 'electron/journal/to-slice.ts', `import type {} from '../roster/store.ts';`],
  ['electron-at-the-edge', 'electron/roster/to-electron.ts', `import type {} from 'electron';`],
  ['driver-only-in-db', 'electron/roster/to-driver.ts', `import 'better-sqlite3';`],
  ['preload-types-only', 'electron/preload.ts', `import '../shared/contract.ts';`],
  ['main-without-core', 'electron/main.ts', `import './db/open.ts';`],
];

/** Imports much like the forbidden ones that are right. */
const allowed: readonly (readonly [file: string, line: string])[] = [
  ['electron/roster/allowed.ts', `import type {} from 'better-sqlite3';`],
  ['electron/roster/allowed.ts', `import '../db/open.ts';`],
  ['electron/db/allowed.ts', `import 'better-sqlite3';`],
  ['electron/shell/allowed.ts', `import 'electron';`],
  ['electron/files/allowed.ts', `import 'node:fs';`],
  ['renderer/home/to-slice.ts', `import '../ui/format.ts';`],
  ['renderer/app/allowed.ts', `import '../../shared/contract.ts';`],
];

/** What `npm run check` sees in a folder that holds the layers. */
function look(folder: string): ICruiseResult {
  const tool = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const told = execFileSync(process.execPath, [tool, ...layers, '--config', settings, '--output-type', 'json'], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(told.toString()) as ICruiseResult;
}

describe('the layers of the product', () => {
  it('are kept', () => {
    const { modules, summary } = look(root);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    for (const layer of layers)
      expect(modules.filter(({ source }) => source.startsWith(`${layer}/`)).length, layer).toBeGreaterThan(15);
  });
});

describe('the rules of the layers', () => {
  let copy = '';
  let found: readonly { readonly rule: string; readonly from: string }[] = [];

  beforeAll(() => {
    // Inside the project, so that packages are found as in the product.
    mkdirSync(join(root, '.cache'), { recursive: true });
    copy = mkdtempSync(join(root, '.cache', 'layers-'));
    for (const each of [...layers, 'tests', 'tsconfig.base.json'])
      cpSync(join(root, each), join(copy, each), { recursive: true });
    for (const [file, line] of [...planted.map(([, ...rest]) => rest), ...allowed])
      appendFileSync(join(copy, file), `${line}\n`);
    found = look(copy).summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it('are all tried', () => {
    const tried = new Set(planted.map(([rule]) => rule));
    expect([...tried].sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(planted)('%s is noticed in %s', (rule, file) => {
    expect(found).toContainEqual({ rule, from: file });
  });

  it.each(allowed)('%s may %s', (file) => {
    expect(found.filter(({ rule, from }) => from === file && rule !== 'no-orphans')).toEqual([]);
  });
});
