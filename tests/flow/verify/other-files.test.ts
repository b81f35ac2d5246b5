import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applicationTakes, verifierTakes } from '../../support/other-readers.ts';
import { HELP_FOLDER, readOtherVectors } from '../../vectors/vectors.ts';

const { vectors, station, dataKey, ...keys } = await readOtherVectors();
const HOLDS = { 'help-request': dataKey, 'help-answer': dataKey, 'escrow-key': 'age1', diagnosis: station };
const READERS = { application: applicationTakes, verifier: verifierTakes };

describe.for(vectors)('the frozen file $file, $about', ({ file, kind, code }) => {
  test.for(Object.entries(READERS))(`comes to ${String(code)} in the %s`, async ([, takes]) => {
    const taken = await takes(kind, await readFile(join(HELP_FOLDER, file)), keys);
    expect(taken.code).toBe(code);
    if (code === null) expect(taken.holds).toContain(HOLDS[kind]);
  });
});

test('every file lies in the list once, every code of reading has its file', async () => {
  const lying = (await readdir(HELP_FOLDER)).filter((name) => name !== 'vectors.json');
  expect(lying.sort()).toEqual(vectors.map(({ file }) => file).sort());
  expect(new Set(vectors.map(({ code }) => code))).toEqual(
    new Set([
      null,
      'site.help-request-invalid',
      'site.help-key-gone',
      'site.help-answer-damaged',
      'site.help-answer-for-another',
      'site.help-answer-expired',
      'site.help-code-wrong',
      'site.escrow-key-wrong',
      'diagnosis.unreadable',
      'bundle.not-for-us',
      'bundle.wrong-kind',
      'bundle.damaged',
      'bundle.not-a-bundle',
    ]),
  );
});

/** What the verifier prints and ends with, as anybody calls it. */
function verifierRun(...args: readonly string[]): Promise<{ readonly passed: boolean; readonly said: string }> {
  const script = join(import.meta.dirname, '../../verify/verify.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, said) => resolve({ passed: error === null, said }));
  });
}

test('the verifier checks these files by their names, and tells no key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'));
  try {
    const path = join(folder, 'identity.txt');
    await writeFile(path, `${keys.identity}\n`);
    const run = (...files: readonly string[]) =>
      verifierRun(...files.map((file) => join(HELP_FOLDER, file)), '--identity', path, '--code', keys.spokenCode);
    const { passed, said } = await run('request.lijingqz', 'diagnosis.lijingzd', 'escrow.txt');
    expect(passed).toBe(true);
    expect(said).toContain(keys.request);
    expect(said).not.toMatch(new RegExp(`${dataKey}|AGE-SECRET`));
    const refused = await run('request.lijingqz', 'slot-of-another.lijingqz');
    expect(refused.passed).toBe(false);
    expect(refused.said).toContain('site.help-key-gone');
    // The answer was for the request, whose key the bureau does not have.
    expect((await run('answer.lijingdf')).said).toContain('site.help-answer-for-another');
  } finally {
    await rm(folder, { recursive: true });
  }
});
