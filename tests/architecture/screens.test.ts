import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calls } from '../../shared/contract.ts';
import { made, named, sources } from './sources.ts';

type Tree = { readonly [key: string]: string | Tree };

const pages = sources('renderer/**/*.{ts,tsx}');
const locales = sources('renderer/locales/zh-CN/*.json').map(({ path, text }) => ({
  slice: basename(path, '.json'),
  tree: JSON.parse(text) as Tree,
}));
/** Texts by code: of problems, of notes on a ledger's rows, of the journal's entries. */
const byCode = ['problems', 'notes', 'entries'];

/** What is on the screen, as `slice.screen.item`. */
function keysOf(tree: Tree, prefix: string): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}.${key}`] : keysOf(value, `${prefix}.${key}`),
  );
}

/** Keys written out, and patterns for those put together. */
function keysAskedFor(): { readonly literal: ReadonlySet<string>; readonly patterns: readonly RegExp[] } {
  const literal = named(pages, /'((?:\w+\.)+[\w-]+)'/g);
  return { literal, patterns: made(pages, /`((?:\w+\.)+\w*\$\{[^`{}]*\}[^`]*)`/g) };
}

describe('a text', () => {
  it('is shown somewhere', () => {
    const { literal, patterns } = keysAskedFor();
    const keys = locales.flatMap(({ slice, tree }) =>
      Object.entries(tree).flatMap(([part, inside]) =>
        byCode.includes(part) ? [] : keysOf({ [part]: inside }, slice),
      ),
    );
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => !literal.has(key) && !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  it('stands in a locale file, never in the code of a page', () => {
    const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
    const chinese = pages.filter(({ text }) => /\p{Script=Han}/u.test(withoutComments(text))).map(({ path }) => path);
    expect(chinese).toEqual([]);
  });
});

describe('a call', () => {
  it('is made by some screen', () => {
    const asked = named(pages, /'([a-z]+\.[a-zA-Z]+)'/g);
    const importing = named(pages, /slice="([a-z]+)"/g);
    const unmade = Object.keys(calls).filter((name) => {
      const [slice = '', verb = ''] = name.split('.');
      return !asked.has(name) && !(importing.has(slice) && ['previewImport', 'commitImport'].includes(verb));
    });
    expect(unmade).toEqual([]);
  });
});
