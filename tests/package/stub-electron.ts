import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const appDir = join(import.meta.dirname, '..', '..');

/** Marks the place of the fuses in a program (electron/fuses): version 1, their number, and one character for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron comes: fuses a new version adds stay as they are. */
const WIRE = '101011011';

/** The version of Electron whose package is installed, and so the one that is packed. */
export const electronVersion = (): string =>
  (JSON.parse(readFileSync(join(appDir, 'node_modules/electron/package.json'), 'utf8')) as { version: string }).version;

/**
 * A folder laid out like Electron's distribution, for packing where its program cannot be fetched: the names are right,
 * the fuses can be turned, and nothing in it runs.
 */
export function stubElectron(folder: string): void {
  for (const sub of ['locales', 'resources']) mkdirSync(join(folder, sub), { recursive: true });
  const fuses = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, WIRE.length]), Buffer.from(WIRE)]);
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n# '), fuses, Buffer.from('\n')]),
    {
      mode: 0o755,
    },
  );
  writeFileSync(join(folder, 'version'), electronVersion());
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/zh-CN.pak', 'locales/de.pak'])
    writeFileSync(join(folder, name), 'stub');
}
