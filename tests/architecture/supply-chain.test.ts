import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licences, shipped } from '../supply/licences.ts';

const root = join(import.meta.dirname, '..', '..');
const json = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

type Locked = {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
};
const locked = Object.entries((json('package-lock.json') as { packages: Record<string, Locked> }).packages).filter(
  ([path]) => path !== '',
);
const own = json('package.json') as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences that let a package be handed on with the application. */
const FREE = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
];

describe('a package from outside', () => {
  it('is the very one that was looked at: each has its SHA-512, none comes from a repository or a path', () => {
    expect(locked.length).toBeGreaterThan(300);
    const unsure = locked.filter(
      ([, { integrity, link }]) => link === true || !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''),
    );
    expect(unsure.map(([path]) => path)).toEqual([]);
    const strange = locked.filter(
      ([, { resolved }]) => resolved !== undefined && !/^https:\/\/.+\.tgz$/.test(resolved),
    );
    expect(strange.map(([path]) => path)).toEqual([]);
  });

  it('is asked for by version, never by an address', () => {
    const asked = Object.entries({ ...own.dependencies, ...own.devDependencies });
    expect(asked.filter(([, range]) => !/^(npm:[\w@/.-]+@)?[\^~]?\d+\.\d+(\.\d+)?$/.test(range))).toEqual([]);
  });

  it('runs nothing while it is installed, but for the one that is named: Node itself', () => {
    const scripted = [...new Set(locked.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path)))];
    expect(scripted.filter((name) => !(name in own.allowScripts))).toEqual([]);
    const allowed = Object.entries(own.allowScripts).filter(([, may]) => may);
    expect(allowed.map(([name]) => name)).toEqual(['node']);
  });

  it('may be handed on: its licence is free, and stands in the list that goes with the application', () => {
    const packages = shipped();
    expect(packages.length).toBeGreaterThan(30);
    const unfree = packages.filter(({ locked: { license } }) => !FREE.includes(license ?? ''));
    expect(unfree.map(({ name, locked: { license } }) => `${name}: ${license ?? 'none'}`)).toEqual([]);
    const listed = readFileSync(join(root, 'resources', 'licences.txt'), 'utf8');
    expect(listed === licences(), 'run: npm run licences').toBe(true);
  });
});

describe('what is handed out', () => {
  it('comes with the list of all that went into it (CycloneDX)', () => {
    expect(own.scripts['dist']).toContain('npm sbom --sbom-format cyclonedx');
  });
});
