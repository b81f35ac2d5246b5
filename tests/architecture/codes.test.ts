import { describe, expect, it } from 'vitest';
import { projections } from '../../electron/slices.ts';
import { problemKinds } from '../../shared/problem.ts';
import { made, named, type Source, sources } from './sources.ts';

type ByCode = Readonly<Record<string, string>>;

const product = sources('{shared,electron}/**/*.ts');
const tests = sources('tests/{unit,flow,e2e}/**/*.ts');
const locales = sources('renderer/locales/zh-CN/*.json').map(({ text }) => JSON.parse(text) as Record<string, ByCode>);

const gathered = (part: 'problems' | 'notes' | 'entries'): ByCode =>
  Object.assign({}, ...locales.map((slice) => slice[part] ?? {})) as ByCode;
const problems = gathered('problems');
const notes = gathered('notes');
const entries = gathered('entries');
const codes = Object.keys(problemKinds);
const spoken = (files: readonly Source[]): ReadonlySet<string> => named(files, /'([a-z]+(?:\.[a-z0-9-]+)?)'/g);

describe('a problem', () => {
  it('has a Chinese text for every code, and no text without its code', () => {
    expect(codes.length).toBeGreaterThan(50);
    expect(Object.keys(problems).sort()).toEqual([...codes].sort());
    for (const [code, text] of Object.entries(problems)) expect(text, code).toMatch(/\p{Script=Han}.*[。！]$/u);
  });

  it('can come up: every code is used', () => {
    const uses = spoken(
      product.map(({ path, text }) => ({ path, text: text.replace(/^ {2}'?[\w.-]+'?: '\w+',$/gm, '') })),
    );
    expect(codes.filter((code) => !uses.has(code))).toEqual([]);
  });

  it('is tested: every code stands in a test', () => {
    const tested = spoken(tests);
    expect(codes.filter((code) => !tested.has(code))).toEqual([]);
  });
});

describe('a note on a row of a ledger', () => {
  it('has a Chinese text for every code, and no text without its code', () => {
    const used = named(product, /code: '([a-z]+\.[a-z0-9-]+)'/g);
    expect(used.size).toBeGreaterThan(10);
    expect([...used].filter((code) => !(code in notes) && !(code in problems))).toEqual([]);
    const written = spoken(product);
    const patterns = made(product, /code: `([a-z]+\.[a-z-]*\$\{[^`{}]*\})`/g);
    const unwritten = Object.keys(notes).filter((code) => !written.has(code));
    expect(unwritten.filter((code) => !patterns.some((pattern) => pattern.test(code)))).toEqual([]);
  });
});

describe('an entry of the journal', () => {
  it('has a Chinese name for every kind, and no name without its kind', () => {
    const kinds = projections.flatMap((each) => Object.keys(each.kinds));
    expect(kinds.length).toBeGreaterThan(20);
    expect(Object.keys(entries).sort()).toEqual(kinds.sort());
  });
});
