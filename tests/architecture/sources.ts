import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export type Source = { readonly path: string; readonly text: string };

/** The files a pattern names, by their path inside the project, with `/` everywhere. */
export const sources = (...patterns: readonly string[]): readonly Source[] =>
  globSync([...patterns], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Every match of the first group, once. */
export const named = (files: readonly Source[], pattern: RegExp): ReadonlySet<string> =>
  new Set(files.flatMap(({ text }) => Array.from(text.matchAll(pattern), ([, name = '']) => name)));

/** Patterns for what is put together from a choice, as `site.first.${each}Hint` is; `template` finds the backquoted. */
export const made = (files: readonly Source[], template: RegExp): readonly RegExp[] =>
  [...named(files, template)].map((key) => new RegExp(`^${key.replace(/\$\{[^{}]*\}/g, '[\\w-]+')}$`));
