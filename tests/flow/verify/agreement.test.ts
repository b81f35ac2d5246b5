import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agreement, REACHED } from '../../torture/agreement.ts';
import { agreementBeside, REACHED_BESIDE } from '../../torture/agreement-beside.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 31);

test(`application and verifier say the same of every spoilt package (seed ${String(SEED)})`, async () => {
  const { harms, told } = await tried(agreement, { first: SEED, cases: 540 });
  expect(harms).toEqual([]);
  expect(REACHED.filter((code) => !told.has(code))).toEqual([]);
});

test(`they say the same of every spoilt file beside the packages (seed ${String(SEED)})`, async () => {
  const { harms, told } = await tried(agreementBeside, { first: SEED, cases: 300 });
  expect(harms).toEqual([]);
  expect(REACHED_BESIDE.filter((code) => !told.has(code))).toEqual([]);
});

test('the verifier takes nothing from the application but the published format', async () => {
  const folder = join(import.meta.dirname, '../../verify');
  const sources = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.filter((text) => /\bimport\(|\brequire\(|createRequire/.test(text))).toEqual([]);
  const taken = new Set(texts.flatMap((text) => Array.from(text.matchAll(/from '([^']+)'/g), ([, from = '']) => from)));
  const foreign = [...taken].filter((from) => !/^(node:|\.\/)/.test(from)).sort();
  expect(foreign).toEqual(['age-encryption', 'canonicalize', 'zod']);
});
