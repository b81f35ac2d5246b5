import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../shared/call.ts';
import type { CallName, Input, Output } from '../../shared/contract.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import type { fileKinds } from '../../shared/work.ts';
import type { Drive, ShellPort } from '../../electron/ipc/channel.ts';
import { type Core, createCore } from '../../electron/wiring.ts';
import { sheetsOnTheSpot } from './sheets.ts';

/** A password that passes the rules; every test account has it. */
export const PASSWORD = '青山派出所-2026';

/** A call that was refused where an answer was wanted. */
export class RefusedCall extends Error {
  readonly problem: Problem;
  constructor(name: CallName, problem: Problem, options: ErrorOptions) {
    super(`${name}: ${JSON.stringify(problem)}`, options);
    this.name = 'RefusedCall';
    this.problem = problem;
  }
}

/** A site in a folder of its own, with a clock, ids and drives that the test moves. */
export type TestSite = {
  readonly dir: string;
  readonly core: Core;
  /** The answer, or an error naming the problem's code. */
  readonly call: <N extends CallName>(name: N, input: Input<N>) => Promise<Output<N>>;
  /** The refusal, or an error when there was none. */
  readonly refusal: <N extends CallName>(name: N, input: Input<N>) => Promise<Problem>;
  /** What the person chooses in the next dialogs. */
  readonly choose: (...paths: string[]) => void;
  /** The id of a file, as if chosen in a dialog. */
  readonly file: (path: string, kind?: keyof typeof fileKinds) => Promise<string>;
  /** The id of a folder, as if it were the one drive. */
  readonly drive: (path: string, overrides?: Partial<Drive>) => Promise<string>;
  readonly signIn: (loginName: string, password?: string) => Promise<void>;
  /** A further account; the signed-in one must be chief or admin. */
  readonly account: (loginName: string, roles: Role[], personId?: string | null, name?: string) => Promise<string>;
  readonly now: { value: Date };
  readonly events: { readonly name: string; readonly payload: unknown }[];
  /** Is told every event as it comes. */
  readonly listen: (listener: (name: string, payload: unknown) => void) => void;
  readonly logged: unknown[];
  readonly close: () => Promise<void>;
};

type SiteOptions = { readonly dir?: string; readonly at?: string; readonly ageKind?: 'hybrid' | 'x25519' };

/** Opens the application on a folder (a new one when none is given), without founding anything. */
export async function aCore(options: SiteOptions = {}): Promise<TestSite> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'lijing-')));
  const now = { value: new Date(options.at ?? '2026-11-24T01:00:00Z') };
  const events: { name: string; payload: unknown }[] = [];
  const logged: unknown[] = [];
  let listener: (name: string, payload: unknown) => void = () => undefined;
  let chosen: readonly string[] = [];
  // One dialog after another, however they are asked for.
  let choosing: Promise<unknown> = Promise.resolve();
  let drives: readonly Drive[] = [];

  const shell: ShellPort = {
    chooseFiles: async () => chosen,
    chooseFolder: async () => chosen[0] ?? null,
    printPage: async ({ printingName, by }) => Buffer.from(`%PDF of ${printingName} by ${by}`),
    chooseSavePath: async () => chosen[0] ?? null,
    takeDropped: async () => chosen,
    removableDrives: async () => drives,
    ...sheetsOnTheSpot,
  };
  const core = createCore({
    dataDir: dir,
    appVersion: '0.1.0',
    clock: () => now.value,
    newId: () => crypto.randomUUID(),
    shell,
    emit: (name, payload) => {
      events.push({ name, payload });
      listener(name, payload);
    },
    log: (error) => void logged.push(error),
    ageKind: options.ageKind ?? 'x25519',
    passwordCost: 2 ** 10,
    codeLogN: 10,
  });

  const raw = (name: CallName, input: unknown): Promise<Result<unknown>> => core.call(name, input);
  const call: TestSite['call'] = async (name, input) => {
    const result = await raw(name, input);
    if (!result.ok) throw new RefusedCall(name, result.problem, { cause: logged.at(-1) });
    return result.value as Output<typeof name>;
  };

  return {
    dir,
    core,
    call,
    refusal: async (name, input) => {
      const result = await raw(name, input);
      if (result.ok) throw new Error(`${name} was not refused`);
      return result.problem;
    },
    choose: (...paths) => {
      chosen = paths;
    },
    file: (path, kind = 'ledger') => {
      const file = choosing.then(async () => {
        chosen = [path];
        const [first] = await call('work.chooseFiles', { kind, many: false });
        if (!first) throw new Error(`${path} could not be chosen`);
        return first.id;
      });
      choosing = file.catch(() => undefined);
      return file;
    },
    drive: async (path, overrides = {}) => {
      const plain = { path, label: 'U1', fileSystem: 'vfat', freeBytes: 8e9, totalBytes: 16e9, readOnly: false };
      drives = [{ ...plain, ...overrides }];
      const [drive] = await call('work.drives', {});
      if (!drive) throw new Error(`${path} is no drive`);
      return drive.id;
    },
    signIn: async (loginName, password = PASSWORD) => {
      await call('site.signIn', { loginName, password });
    },
    account: async (loginName, roles, personId = null, name = loginName) =>
      (await call('site.createAccount', { name, loginName, roles, personId, password: PASSWORD })).id,
    now,
    events,
    listen: (told) => {
      listener = told;
    },
    logged,
    close: async () => {
      await core.shutdown();
      if (!options.dir) await rm(dir, { recursive: true, force: true });
    },
  };
}

const FIRST = { accountName: '值班所长', loginName: 'suozhang', password: PASSWORD };

/** A station on its own, its chief (`suozhang`) signed in. */
export async function aStation(options: SiteOptions & { organCode?: string; name?: string } = {}): Promise<TestSite> {
  const site = await aCore(options);
  const { organCode = '999999010100', name = '城关派出所' } = options;
  await site.call('site.foundStation', { name, organCode, ...FIRST });
  return site;
}

/** A bureau, its administrator (`guanli`) signed in. */
export async function aBureau(options: SiteOptions & { organCode?: string } = {}): Promise<TestSite> {
  const site = await aCore(options);
  const first = { ...FIRST, accountName: '系统管理员', loginName: 'guanli' };
  const { organCode = '999999010000' } = options;
  await site.call('site.foundBureau', { name: '青山县公安局', organCode, ...first });
  return site;
}
