import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readSheets } from '../../../electron/sheet/read-sheets.ts';
import { sheetReader } from '../../../electron/shell/sheet-reader.ts';
import { utilityProcesses } from '../../stand-in/utility-process.ts';
import { ledgerPath } from '../../support/training.ts';
import { sheetsOf } from '../../support/sheets.ts';

const processes = vi.hoisted(() => ({ fork: (..._: unknown[]): unknown => undefined }));
vi.mock('electron', () => ({ utilityProcess: { fork: (...given: unknown[]) => processes.fork(...given) } }));

const { utilityProcess, running } = utilityProcesses();
processes.fork = (...given) => utilityProcess.fork(...(given as Parameters<typeof utilityProcess.fork>));

const program = join(import.meta.dirname, '../../../electron/sheet/sheet-process.ts');
const ledger = ledgerPath('师徒结对名单.xlsx');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijing-sheets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
// No process outlives the file it was there for.
afterEach(() => vi.waitUntil(() => running().length === 0, { timeout: 10_000 }));

/** A program that takes the order and does something else with it. */
async function programThat(does: string): Promise<string> {
  const path = join(folder, 'program.ts');
  await writeFile(path, `process.parentPort.on('message', () => { ${does} });`);
  return path;
}

describe('a ledger in a process of its own', () => {
  it('is read as it stands', async () => {
    const grid = await readSheets(ledger, sheetReader(program));
    expect(grid).toMatchObject({ ok: true });
    expect(grid).toEqual(await sheetsOf(ledger));
  });

  it('that takes more memory than there is, or meets a fault, is refused', async () => {
    for (const end of ["process.kill(process.pid, 'SIGKILL')", 'process.exit(1)'])
      expect(await readSheets(ledger, sheetReader(await programThat(end)))).toEqual({
        ok: false,
        problem: { code: 'sheet.unreadable' },
      });
  });

  it('that takes longer than it may is given up', async () => {
    const reader = sheetReader(await programThat('for (;;);'), 1_000);
    expect(await readSheets(ledger, reader)).toEqual({ ok: false, problem: { code: 'sheet.took-too-long' } });
  });
});
