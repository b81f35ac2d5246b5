import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { logPaths, openLog } from '../../../electron/files/log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lijing-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clock = (): Date => new Date('2026-11-24T01:00:00Z');
const open = () => openLog(join(folder, 'lijing.log'), clock);
const read = (): string => readFileSync(join(folder, 'lijing.log'), 'utf8');

describe('the log of faults', () => {
  it('names when, where and what kind, and never the message, however many lines it has', () => {
    const log = open();
    log(new TypeError('王志强\n    的口令是 Abc\n  at 青山所'), 'site.signIn');
    log(Object.assign(new Error('王志强'), { code: 'SQLITE_CONSTRAINT' }), 'roster.recordPerson');
    log(z.strictObject({ name: z.literal('王志强') }).safeParse({ 王志强: 1 }).error, 'roster.readPerson');
    log('王志强', 'core');
    expect(read()).toMatch(/^2026-11-24T01:00:00.000Z site.signIn TypeError\n {4}at .*log\.test\.ts/);
    expect(read()).toContain('roster.recordPerson Error SQLITE_CONSTRAINT\n');
    expect(read()).toContain('core string\n');
    expect(read()).not.toMatch(/王志强|口令|青山所/);
  });

  it('begins anew when it is long, and keeps the one before', () => {
    const log = open();
    for (let n = 0; n < 1_200; n += 1) log(new Error('x'), 'a.call-with-a-name-of-some-length'.repeat(20));
    expect(readdirSync(folder).sort()).toEqual(['lijing.log', 'lijing.log.1']);
    for (const path of logPaths(join(folder, 'lijing.log'))) expect(readFileSync(path).length).toBeLessThan(600_000);
  });

  it('lets go what cannot be written, and holds nobody up', () => {
    rmSync(folder, { recursive: true });
    expect(() => open()(new Error('x'), 'site.status')).not.toThrow();
  });
});
