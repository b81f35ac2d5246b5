import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallName, calls, isCallName } from '../../../shared/contract.ts';
import { problemKinds } from '../../../shared/problem.ts';
import { inputsOf } from '../../support/arbitrary-input.ts';
import { aBureau, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

/** Inputs tried for each call and site; `LIJING_FUZZ` asks for more. */
const TRIES = Number(process.env['LIJING_FUZZ'] ?? 15);

const everyRole = {
  station: ['chief', 'trainer', 'mentor', 'inspector', 'officer', 'viewer'],
  bureau: ['admin', 'cadre', 'inspector', 'leader'],
} as const;

let sites: readonly { readonly site: TestSite; readonly loginName: string }[];

beforeAll(async () => {
  const station = await aStation();
  await station.account('quanbu', [...everyRole.station]);
  const bureau = await aBureau();
  await bureau.account('quanbu', [...everyRole.bureau]);
  sites = [station, bureau].map((site) => ({ site, loginName: 'quanbu' }));
});
afterAll(async () => {
  for (const { site } of sites) await site.close();
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
    for (const { site, loginName } of sites) {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 4, arbitrary: inputsOf(calls[name].input) }, fc.jsonValue()),
          async (input) => {
            await signedIn(site, loginName);
            site.logged.length = 0;
            const answer = await site.core.call(name, input);
            expect(
              site.logged.map((error) => (error instanceof Error ? error.stack : error)),
              JSON.stringify(input),
            ).toEqual([]);
            expectCivil(name, input, answer);
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
