import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallName, calls, isCallName } from '../../../shared/contract.ts';
import { problemKinds } from '../../../shared/problem.ts';
import { inputsOf } from '../../support/arbitrary-input.ts';
import { aConfidentialWorld, type ConfidentialWorld } from '../../support/confidential-world.ts';
import { aCore, PASSWORD, type TestSite } from '../../support/site.ts';

/** Inputs tried for each call and site; `LIJING_FUZZ` asks for more. */
const TRIES = Number(process.env['LIJING_FUZZ'] ?? 15);

const everyRole = {
  station: ['chief', 'trainer', 'mentor', 'inspector', 'officer', 'viewer'],
  bureau: ['admin', 'cadre', 'inspector', 'leader'],
} as const;

const anyId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Ids that one site has told of, the newest first. */
const MOST_KNOWN = 500;

let world: ConfidentialWorld;
let sites: readonly { readonly site: TestSite; readonly loginName: string; readonly known: string[] }[];

beforeAll(async () => {
  world = await aConfidentialWorld();
  const opened = async (kind: 'station' | 'bureau', first: string) => {
    const site = await aCore({ dir: await world.copyOf(kind) });
    await site.signIn(first);
    await site.account('quanbu', [...everyRole[kind]]);
    return { site, loginName: 'quanbu', known: JSON.stringify([world.ids, world.people]).match(anyId) ?? [] };
  };
  sites = [await opened('station', 'suozhang'), await opened('bureau', 'guanli')];
}, 180_000);
afterAll(async () => {
  for (const { site } of sites) await site.close();
  await world.remove();
});

/** Whatever was done, somebody with every right is signed in for the next try. */
async function signedIn({ core, now }: TestSite, loginName: string): Promise<void> {
  const status = await core.call('site.status', {});
  if (status.ok && (status.value as { session: unknown }).session !== null) return;
  // A wrong password among the tries has started the delay.
  now.value = new Date(now.value.getTime() + 600_000);
  await core.call('site.signIn', { loginName, password: PASSWORD });
}

/** An answer or a known problem, which tells nothing of the inside. */
function expectCivil(name: string, input: unknown, answer: unknown): void {
  const told = JSON.stringify(answer);
  const context = `${name} ${JSON.stringify(input)} -> ${told}`;
  expect(told, context).not.toMatch(/node_modules|\.ts:|at Object|SQLITE|\/tmp\//);
  const { ok, problem } = answer as { ok: boolean; problem?: { code: string } };
  if (ok) return;
  expect(Object.keys(problemKinds), context).toContain(problem?.code);
  expect(problem?.code, context).not.toBe('internal');
}

test.each(Object.keys(calls).filter(isCallName))(
  '%s answers whatever it is given, and never falls over',
  async (name: CallName) => {
    for (const { site, loginName, known } of sites) {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 4, arbitrary: inputsOf(calls[name].input, () => known) }, fc.jsonValue()),
          async (input) => {
            await signedIn(site, loginName);
            site.logged.length = 0;
            const answer = await site.core.call(name, input);
            expect(
              site.logged.map((error) => (error instanceof Error ? error.stack : error)),
              JSON.stringify(input),
            ).toEqual([]);
            expectCivil(name, input, answer);
            known.unshift(...(JSON.stringify(answer).match(anyId) ?? []).filter((id) => !known.includes(id)));
            known.splice(MOST_KNOWN);
          },
        ),
        { numRuns: TRIES },
      );
    }
  },
);

test('nothing that is no call is one, whatever it is called', async () => {
  const strange = fc.oneof(fc.string(), fc.jsonValue(), fc.constantFrom('__proto__', 'constructor', 'site', 'site.'));
  for (const { site } of sites)
    await fc.assert(
      fc.asyncProperty(strange, fc.jsonValue(), async (name, input) => {
        fc.pre(!isCallName(name));
        expect(await site.core.call(name, input)).toEqual({ ok: false, problem: { code: 'request.malformed' } });
      }),
      { numRuns: TRIES },
    );
});
