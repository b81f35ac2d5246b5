import type { Options } from 'better-sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mayCall, type Role, type SiteKind } from '../../../shared/call.ts';
import { type CallName, calls } from '../../../shared/contract.ts';
import { aConfidentialWorld, type ConfidentialWorld } from '../../support/confidential-world.ts';
import { STATION } from '../../support/discipline.ts';
import type { Driven } from '../../support/driven.ts';
import { drives } from '../../support/every-call.ts';
import { aCore, type TestSite } from '../../support/site.ts';

type DatabaseConstructor = new (path: string, options: Options) => object;

/** Every statement the database runs, its texts left out. */
const statements = vi.hoisted((): string[] => []);
vi.mock('better-sqlite3', async (original) => {
  const { default: Database } = await original<{ default: DatabaseConstructor }>();
  class Watched extends Database {
    constructor(path: string, options: Options) {
      super(path, { ...options, verbose: (sql) => void statements.push(String(sql).replaceAll(/'[^']*'/g, '?')) });
    }
  }
  return { default: Watched };
});

let world: ConfidentialWorld;
beforeAll(async () => {
  world = await aConfidentialWorld();
}, 120_000);
afterAll(() => world.remove());

/** What is beyond the roles is refused before anything is looked at, and told in the journal. */
const namesFor = (roles: readonly Role[], kind: SiteKind): CallName[] =>
  (Object.keys(calls) as CallName[]).filter(
    (name) => name.startsWith('discipline.') && mayCall(calls[name], roles, kind),
  );

/** The answer and the statements it took. */
async function workOf(site: TestSite, name: CallName, input: unknown) {
  statements.length = 0;
  const result = await site.core.call(name, input);
  return { result, statements: [...statements] };
}

it.each([
  ['a chief who is concerned', 'station', 'jiaodao', ['told', 'lead']],
  ['the person concerned', 'station', 'dangshi', ['told', 'verifying']],
  ['the trainer', 'station', 'zhuangan', ['told', 'lead', 'closed', 'verifying']],
  ['an inspector of the bureau who is concerned', 'bureau', 'beicha', ['told', 'lead']],
] as const)('for %s a hidden incident and one that never was take the same steps', async (_is, kind, login, hidden) => {
  const site = await aCore({ dir: await world.copyOf(kind) });
  await site.signIn(login);
  const { session } = await site.call('site.status', {});
  const account = session?.accountId ?? '';
  const at: Driven = { site, world, login, account, person: session?.personId ?? null, station: STATION };
  const ids = hidden.map((of) => world.ids.incidents[of]);
  let compared = 0;
  for (const name of namesFor(session?.roles ?? [], kind))
    for (const input of (await drives[name]?.(at)) ?? []) {
      const [id] = ids.filter((one) => JSON.stringify(input).includes(one));
      if (id === undefined) continue;
      const never = crypto.randomUUID();
      const other: unknown = JSON.parse(JSON.stringify(input).replaceAll(id, never));
      const real = await workOf(site, name, input);
      expect(real, name).toEqual(await workOf(site, name, other));
      compared += real.statements.length > 0 ? 1 : 0;
    }
  expect(compared).toBeGreaterThan(6);
  await site.core.shutdown();
});
