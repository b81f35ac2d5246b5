import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const matrix = page.slice(page.indexOf('## Fault or attack'), page.indexOf('## Memory'));
const rows = matrix.split('\n').filter((line) => line.startsWith('| ') && !/^\| (fault or attack|-)/.test(line));
/** `tests/…` “title” */
const proofs = (text: string) =>
  Array.from(text.matchAll(/`(tests\/[\w/.-]+)` “([^”]+)”/g), ([, path = '', title = '']) => ({ path, title }));

/** How many requirements each section of the chapters has up to level 2 in ASVS 5.0.0; they come first. */
const UP_TO_LEVEL_2 = {
  ...{ '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5 },
  ...{ '14.1': 2, '14.2': 4, '14.3': 3 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
};

/** Whether a test of that title stands in the file, as it is written there. */
function isThere({ path, title }: { readonly path: string; readonly title: string }): boolean {
  if (!existsSync(join(root, path))) return false;
  const source = readFileSync(join(root, path), 'utf8');
  return ["'", '"', '`'].some((quote) => source.includes(quote + title + quote));
}

describe('the matrix of SECURITY.md', () => {
  it('names a proof for every fault and attack', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((row) => proofs(row).length === 0)).toEqual([]);
  });

  it('names only tests that exist', () => {
    const named = proofs(page);
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((proof) => !isThere(proof)).map(({ path, title }) => `${path}: ${title}`)).toEqual([]);
  });

  it('has an answer for every requirement it lists', () => {
    const answers = page.split('\n').filter((line) => /^\| \d+\.\d/.test(line));
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter((line) => !/^\| [\d., ]+\| (yes|part|no|n\/a)\s+\| \S/.test(line))).toEqual([]);
  });

  it('leaves out no requirement of levels 1 and 2', () => {
    const rows = new Set(Array.from(page.matchAll(/^\| (\d+\.\d+(?:\.\d+)?) +\|/gm), ([, number = '']) => number));
    const wanted = Object.entries(UP_TO_LEVEL_2).flatMap(([section, count]) =>
      rows.has(section) ? [] : Array.from({ length: count }, (_, index) => `${section}.${String(index + 1)}`),
    );
    expect(wanted.filter((number) => !rows.has(number))).toEqual([]);
  });

  it('answers the scanner by tests that exist', () => {
    const hardening = readFileSync(join(root, 'tests/unit/shell/hardening.test.ts'), 'utf8');
    const scanned = page.slice(page.indexOf('### What an outside scanner says'), page.indexOf('## OWASP'));
    const titles = Array.from(scanned.matchAll(/Test “([^”]+)”/g), ([, title = '']) => title);
    expect(titles).toHaveLength(4);
    expect(titles.filter((title) => !hardening.includes(`'${title}'`))).toEqual([]);
  });
});
