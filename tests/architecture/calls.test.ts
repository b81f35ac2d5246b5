import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, rolesAt, type SiteKind } from '../../shared/call.ts';
import { type CallName, calls } from '../../shared/contract.ts';
import { aBureau, aStation, type TestSite } from '../support/site.ts';
import { sources } from './sources.ts';

const names = Object.keys(calls) as CallName[];
const core = sources('electron/**/*.ts')
  .map(({ text }) => text)
  .join('\n');

describe('a call of the page', () => {
  it('has a handler, and only one', () => {
    expect(names.length).toBeGreaterThan(30);
    const handlers = (name: string): number => core.split(new RegExp(`'${name}'(?:: |\\()`)).length - 1;
    expect(names.filter((name) => handlers(name) !== 1)).toEqual([]);
  });

  it('is named by its slice and what it does', () => {
    expect(names.filter((name) => !/^[a-z]+\.[a-z][a-zA-Z]+$/.test(name))).toEqual([]);
  });
});

describe.each<SiteKind>(['station', 'bureau'])('at a %s', (kind) => {
  let site: TestSite;
  beforeAll(async () => {
    site = await (kind === 'station' ? aStation() : aBureau());
    for (const role of rolesAt[kind]) await site.account(`zhi-${role}`, [role]);
  });
  afterAll(() => site.close());

  /** What the contract says, told from an input that no call takes: the right is asked for before the input is read. */
  const expected = (name: CallName, role: Role | null): string => {
    const { may, at } = calls[name];
    if (may === 'nobody') return 'request.malformed';
    const isRight = role !== null && (at === 'both' || at === kind) && (may === 'everyone' || may.includes(role));
    return isRight ? 'request.malformed' : 'request.not-allowed';
  };
  const answers = async (): Promise<Record<string, unknown>> => {
    const asked = names.map(async (name) => [name, await site.core.call(name, null)] as const);
    return Object.fromEntries((await Promise.all(asked)).map(([name, { ok, ...rest }]) => [name, ok || rest]));
  };
  const table = (role: Role | null): Record<string, unknown> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        expect.objectContaining({ problem: expect.objectContaining({ code: expected(name, role) }) }),
      ]),
    );

  it.each(rolesAt[kind])('%s may make the calls that name the role, and no other', async (role) => {
    await site.signIn(`zhi-${role}`);
    expect(await answers()).toEqual(table(role));
  });

  it('somebody who has not signed in may make only the calls of the door', async () => {
    await site.call('site.lock', {});
    expect(await answers()).toEqual(table(null));
  });
});
