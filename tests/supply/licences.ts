import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const place = join(root, 'resources', 'licences.txt');

type Locked = {
  /** The package's own name, where it goes by another here. */
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Package = { readonly path: string; readonly name: string; readonly locked: Locked };

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** Packages our own sources import, by name; the rest of the list follows from them. */
function imported(): readonly string[] {
  const files = globSync('{electron,renderer,shared}/**/*.{ts,tsx}', { cwd: root });
  const specifiers = files.flatMap((file) =>
    Array.from(
      readFileSync(join(root, file), 'utf8').matchAll(
        /(?:^(?:import|export) (?!type )[^;]*?from |\bimport\()'([^.'][^']*)'/gm,
      ),
      ([, specifier = '']) => specifier,
    ),
  );
  const names = specifiers.map((specifier) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  return [...new Set(names)].filter((name) => `node_modules/${name}` in lock.packages && name !== 'electron').sort();
}

/** Where a package that stands at `from` finds another, as Node looks for it. */
function found(name: string, from: string): Package | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    const locked = lock.packages[path];
    if (locked) return { path, name, locked };
    if (at === '') return null;
  }
}

/** Everything that may end up in the application, each version once, in the order of names. */
export function shipped(): readonly Package[] {
  const all = new Map<string, Package>();
  const waiting = imported().map((name) => found(name, ''));
  for (const next of waiting) {
    if (!next || all.has(next.path)) continue;
    all.set(next.path, { ...next, name: next.locked.name ?? next.name });
    for (const name of Object.keys(next.locked.dependencies ?? {})) waiting.push(found(name, next.path));
  }
  const once = new Map([...all.values()].map((each) => [`${each.name} ${each.locked.version}`, each]));
  return [...once.values()].sort((a, b) => `${a.name} ${a.path}`.localeCompare(`${b.name} ${b.path}`, 'en'));
}

/** The text of its licence, as the package itself brings it. */
function textOf({ path }: Package): string {
  const folder = join(root, path);
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) : undefined;
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}

/** What the package brings along of others, under which licence; each text once. */
export function licences(): string {
  const packages = shipped();
  const byText = new Map<string, Package[]>();
  for (const one of packages) byText.set(textOf(one), [...(byText.get(textOf(one)) ?? []), one]);
  const lines = packages.map(({ name, locked }) => `${name} ${locked.version}  ${locked.license ?? '?'}`);
  const texts = [...byText]
    .filter(([text]) => text !== '')
    .map(([text, of]) => `${of.map(({ name, locked }) => `${name} ${locked.version}`).join('\n')}\n\n${text}`);
  const electron = 'Electron and Chromium: LICENSE.electron.txt and LICENSES.chromium.html beside this file.';
  return `${[electron, lines.join('\n'), ...texts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

if (import.meta.main) writeFileSync(place, licences());
