import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from './sources.ts';

/** How often a rule of the linter is set aside; the number may only fall. */
const EXCEPTIONS = 4;

const code = sources('{shared,electron,renderer,tests}/**/*.{ts,tsx}');
const lines = code.flatMap(({ path, text }) => text.split('\n').map((line) => ({ path, line })));

describe('the code', () => {
  it('sets a rule aside only with a reason, and seldom', () => {
    const asides = lines.filter(({ line }) => /(\/\/|\/\*) *eslint-disable/.test(line));
    expect(asides.filter(({ line }) => !/ -- \S/.test(line))).toEqual([]);
    expect(asides.length).toBeLessThanOrEqual(EXCEPTIONS);
    expect(
      lines
        .filter(({ line }) => /@ts-(ignore|nocheck|expect-error)/.test(line) && !line.includes('@ts-('))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('leaves no test out, and none alone', () => {
    const spared = lines.filter(
      ({ line }) => /\b(it|test|describe)\.(skip|only|todo|fixme)\b/.test(line) && !line.includes('(it|test'),
    );
    expect(spared).toEqual([]);
  });

  it('renames in one place, with patience', () => {
    const names = code.filter(
      ({ path, text }) => path.startsWith('electron/') && /\brename(Sync)?\b[^:]*'node:fs/.test(text),
    );
    // The log of faults holds nobody up.
    expect(names.map(({ path }) => path)).toEqual(['electron/files/disk.ts', 'electron/files/log.ts']);
    expect(
      code
        .filter(({ path, text }) => path.startsWith('electron/') && /[dD]isk\.rename\(/.test(text))
        .map(({ path }) => path),
    ).toEqual(['electron/files/rename.ts']);
  });

  it('has no drawers and no barrels', () => {
    const drawers = code.filter(({ path }) => /(^|\/)(utils?|helpers?|common|lib|types)\//.test(path));
    const barrels = code.filter(
      ({ path }) => basename(path) === 'index.ts' && path !== 'electron/db/migrations/index.ts',
    );
    expect([...drawers, ...barrels].map(({ path }) => path)).toEqual([]);
  });
});
