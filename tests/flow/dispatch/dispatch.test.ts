import { expect, test } from 'vitest';
import { dispatcher, type Desk } from '../../../electron/ipc/dispatch.ts';
import type { Actor, JobControl } from '../../../electron/ipc/handlers.ts';
import { newSigningKey } from '../../../electron/crypto/ed25519.ts';
import { fail, ok } from '../../../shared/problem.ts';

const chief: Actor = {
  id: '11111111-1111-4111-8111-111111111111',
  name: '值班所长',
  roles: ['chief'],
  personId: null,
  key: newSigningKey().privateKey,
  before: { at: null, failures: 0 },
};

type AnyHandler = (input: never, context: { job: JobControl }) => unknown;

/** A dispatcher over handlers of the test's own. */
function aDesk(handlers: Record<string, AnyHandler>, actor: Actor | null = chief, changed = async () => {}) {
  const emitted: { name: string; payload: unknown }[] = [];
  const logged: unknown[] = [];
  const refused: string[] = [];
  const held = { actor };
  const desk: Desk = {
    actor: () => held.actor,
    siteKind: () => 'station',
    handlerOf: (name) => (handlers[name] ?? null) as ReturnType<Desk['handlerOf']>,
    emit: (name, payload) => void emitted.push({ name, payload }),
    newId: () => '22222222-2222-4222-8222-222222222222',
    log: (error) => void logged.push(error),
    changed,
    refused: ({ id }, call) => void refused.push(`${id} ${call}`),
    idle: () => {},
  };
  return { ...dispatcher(desk), emitted, logged, held, refused };
}

/** A promise and the function that keeps it. */
const gate = () => Promise.withResolvers<undefined>();

const REPORT = { entries: 1, streams: 1, clockJumps: 0, faults: [], rows: [], losses: [], heads: [] };

test('an output that breaks the contract never reaches the page', async () => {
  const desk = aDesk({ 'site.listAccounts': () => ok([{ secret: 1 }]) });
  expect(await desk.dispatch('site.listAccounts', {})).toEqual(fail('internal'));
  expect(desk.logged).toHaveLength(1);
});

test('a bug is logged and answered without its stack; a problem thrown is that problem', async () => {
  const bug = aDesk({
    'site.listAccounts': () => {
      throw new Error('王所长的口令');
    },
  });
  expect(await bug.dispatch('site.listAccounts', {})).toEqual(fail('internal'));
});

test('commands run one after another, and an input beyond the contract is refused before any runs', async () => {
  const order: string[] = [];
  const first = gate();
  const desk = aDesk({
    'site.rename': async ({ printingName }: { printingName: string }) => {
      order.push(`${printingName} begins`);
      if (printingName === '甲') await first.promise;
      order.push(`${printingName} ends`);
      return ok({});
    },
  });
  const both = [
    desk.dispatch('site.rename', { printingName: '甲' }),
    desk.dispatch('site.rename', { printingName: '乙' }),
  ];
  expect(await desk.dispatch('site.rename', { printingName: '丙', more: 1 })).toMatchObject(fail('request.malformed'));
  first.resolve(undefined);
  await Promise.all(both);
  expect(order).toEqual(['甲 begins', '甲 ends', '乙 begins', '乙 ends']);
});

test('while a job runs, queries answer and commands are told to wait', async () => {
  const running = gate();
  const desk = aDesk({
    'site.checkChain': async () => {
      await running.promise;
      return ok(REPORT);
    },
    'site.rename': () => ok({}),
    'site.listAccounts': () => ok([]),
  });
  const job = desk.dispatch('site.checkChain', {});
  await Promise.resolve();
  expect(await desk.dispatch('site.listAccounts', {})).toEqual(ok([]));
  expect(await desk.dispatch('site.rename', { printingName: '甲' })).toEqual(fail('request.busy'));
  running.resolve(undefined);
  expect(await job).toEqual(ok(REPORT));
  expect(await desk.dispatch('site.rename', { printingName: '甲' })).toEqual(ok({}));
});

test('a job reports where it is, and a cancelled one ends at its next step', async () => {
  const begun = gate();
  const desk = aDesk({
    'site.checkChain': async (_input, { job }) => {
      await job.progress('site.audit.checking', 5, 5);
      begun.resolve(undefined);
      for (;;) await job.progress('site.audit.checking', 1, 1);
    },
  });
  const job = desk.dispatch('site.checkChain', {});
  await begun.promise;
  expect(desk.emitted[0]).toMatchObject({
    name: 'work.progress',
    payload: { call: 'site.checkChain', done: 5, total: 5 },
  });
  expect(desk.cancel('22222222-2222-4222-8222-222222222222')).toBe(true);
  expect(await job).toEqual(fail('request.cancelled'));
  expect(desk.emitted.at(-1)).toMatchObject({ name: 'work.finished' });
  expect(desk.cancel('22222222-2222-4222-8222-222222222222')).toBe(false);
});

test('a command that waited in line while its person signed out is refused', async () => {
  const first = gate();
  const done: string[] = [];
  const desk = aDesk({
    'site.rename': async ({ printingName }: { printingName: string }) => {
      if (printingName === '甲') await first.promise;
      done.push(printingName);
      return ok({});
    },
  });
  const waiting = [
    desk.dispatch('site.rename', { printingName: '甲' }),
    desk.dispatch('site.rename', { printingName: '乙' }),
  ];
  await Promise.resolve();
  desk.held.actor = null;
  first.resolve(undefined);
  expect(await Promise.all(waiting)).toEqual([ok({}), fail('request.not-allowed')]);
  expect(done).toEqual(['甲']);
});

test('what follows from a change comes before the next one, after no refusal, and takes nothing back when it fails', async () => {
  const done: string[] = [];
  const desk = aDesk(
    {
      'site.rename': ({ printingName }: { printingName: string }) => {
        done.push(printingName);
        return printingName === '二' ? fail('internal') : ok({});
      },
    },
    chief,
    async () => {
      done.push('…');
      throw new Error('no room');
    },
  );
  const renamed = ['一', '二', '三'].map((printingName) => desk.dispatch('site.rename', { printingName }));
  expect((await Promise.all(renamed)).map((result) => result.ok)).toEqual([true, false, true]);
  expect(done).toEqual(['一', '…', '二', '三', '…']);
  expect(desk.logged).toHaveLength(2);
});

test('a call beyond the roles is told once, whoever is asked for it, and nothing is while nobody is signed in', async () => {
  const desk = aDesk({ 'site.rename': () => ok({}) });
  const viewer = { ...chief, id: '33333333-3333-4333-8333-333333333333', roles: ['viewer' as const] };
  const ask = () => desk.dispatch('site.rename', { printingName: '甲' });
  for (const actor of [chief, null, viewer, viewer, null]) {
    desk.held.actor = actor;
    await ask();
    await desk.settled();
  }
  expect(desk.refused).toEqual([`${viewer.id} site.rename`]);
});
