import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const settings = await getConfig(root, join(root, 'electron-builder.yml'), null);

/** What each fuse (Electron's own list, 19) keeps from happening, and how it is set. */
const fuses = [
  ['the program does not serve as a bare Node', 'runAsNode', false],
  ['cookies are encrypted, should there ever be one', 'enableCookieEncryption', true],
  ['NODE_OPTIONS from outside change nothing', 'enableNodeOptionsEnvironmentVariable', false],
  ['--inspect opens no debugger', 'enableNodeCliInspectArguments', false],
  ['an archive that was changed is not loaded', 'enableEmbeddedAsarIntegrityValidation', true],
  ['nothing but the archive is loaded', 'onlyLoadAppFromAsar', true],
  ['no snapshot of our own is looked for', 'loadBrowserProcessSpecificV8Snapshot', false],
  ['a file has no rights beyond those of a page', 'grantFileProtocolExtraPrivileges', false],
] as const;

describe('a fuse', () => {
  it.each(fuses)('is set so that %s: %s', (_why, name, value) => {
    expect(settings.electronFuses).toHaveProperty(name, value);
  });

  it('is never left to a default, nor one forgotten that Electron has', () => {
    const known = Object.values(FuseV1Options).filter((each) => typeof each === 'string');
    const named = fuses.map(([, name]) => name.charAt(0).toUpperCase() + name.slice(1));
    expect([...named].sort()).toEqual([...known].sort());
    expect(Object.keys(settings.electronFuses ?? {}).sort()).toEqual(fuses.map(([, name]) => name).sort());
  });
});

describe('the package a station installs', () => {
  it('is described in words electron-builder knows', async () => {
    await expect(validateConfiguration(settings, new DebugLogger(false))).resolves.toBeUndefined();
  });

  it('runs only what its archive holds, unaltered', () => {
    expect(settings.asar).toEqual({ smartUnpack: false });
    expect(settings.disableAsarIntegrity).toBe(false);
    expect(settings.asarUnpack).toEqual(['node_modules/better-sqlite3/prebuilds/*.node']);
  });

  it('is made for the machines of the stations', () => {
    expect(settings.win?.target).toEqual([
      { target: 'nsis', arch: ['x64'] },
      { target: 'portable', arch: ['x64'] },
    ]);
    expect(settings.linux?.target).toEqual([
      { target: 'deb', arch: ['x64', 'arm64'] },
      { target: 'AppImage', arch: ['x64', 'arm64'] },
    ]);
  });

  it('asks no server for anything, and keeps the ledger when it is removed', () => {
    expect(settings.publish).toBeNull();
    expect(settings.nsis?.deleteAppDataOnUninstall).toBe(false);
  });

  it('brings one package beside what is built in: the database driver, exactly', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(dependencies)).toEqual(['better-sqlite3']);
  });
});
