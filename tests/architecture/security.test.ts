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

  it('answers the scanner by tests that exist', () => {
    const hardening = readFileSync(join(root, 'tests/unit/shell/hardening.test.ts'), 'utf8');
    const scanned = page.slice(page.indexOf('### What an outside scanner says'), page.indexOf('## OWASP'));
    const titles = Array.from(scanned.matchAll(/Test “([^”]+)”/g), ([, title = '']) => title);
    expect(titles).toHaveLength(4);
    expect(titles.filter((title) => !hardening.includes(`'${title}'`))).toEqual([]);
  });
});
