import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../demo/report.ts';

const PROGRAM = join(import.meta.dirname, '../../demo/demo.ts');

test('the demonstration leaves a world whose counts balance and whose paths are there', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'lijing-demo-'));
  try {
    const printed = execFileSync(process.execPath, [PROGRAM, '--out', dir, '--x25519'], { encoding: 'utf8' });
    const report = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')) as Report;
    const { exported, accepted, alreadyKnown, quarantined, held } = report;
    expect([exported, held]).toEqual([accepted + alreadyKnown + quarantined, 0]);
    expect(accepted).toBeGreaterThan(50);
    expect(printed).toContain(String(exported));
    const { bundle, returnPackage, bureauDatabase, stationDatabase, keys } = report;
    const paths = [bundle, returnPackage, bureauDatabase, stationDatabase, keys.bureauIdentityFile];
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    // A world that stands there is never overwritten.
    expect(spawnSync(process.execPath, [PROGRAM, '--out', dir]).status).toBe(1);
  } finally {
    await rm(dir, { recursive: true });
  }
});
