import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { orThrow, type ProblemCode, ProblemError } from '../../shared/problem.ts';
import { type AccountSlot, Keyring, loginMark, openAccountSlot, type Slot } from '../crypto/keyring.ts';
import { writeAtomically } from '../files/safe-write.ts';
import { setAside } from '../files/set-aside.ts';

const COPIES = ['keyring.json', 'keyring.copy.json'] as const;
const ATTEMPTS = 'attempts.json';

/** Failures since the last success, by login mark; kept across restarts so that the delay is. */
const Attempts = z.record(z.string(), z.strictObject({ failures: z.int(), lastMs: z.number() }));
type Attempts = z.infer<typeof Attempts>;

/** The first three mistakes cost nothing; then the wait doubles, up to five minutes. */
export const delaySeconds = (failures: number): number => (failures < 3 ? 0 : Math.min(300, 2 ** (failures - 2)));

/** The keyring's copies, best first. */
export const keyringPaths = (dataDir: string): readonly string[] => COPIES.map((name) => join(dataDir, name));

export type Vault = ReturnType<typeof openVault>;

/** The keyring on the disk: two copies, each whole or not at all, and the record of failed attempts. */
export function openVault(dataDir: string, clock: () => Date) {
  const file = (name: string): string => join(dataDir, name);

  const read = async (): Promise<Keyring> => {
    for (const copy of COPIES) {
      const keyring = await keyringAt(file(copy));
      if (keyring) return keyring;
    }
    throw new ProblemError('site.keyring-damaged');
  };

  const copies = (): Promise<(Keyring | null)[]> => Promise.all(COPIES.map((copy) => keyringAt(file(copy))));

  const write = async (keyring: Keyring): Promise<void> => {
    const body = JSON.stringify(Keyring.parse(keyring));
    const text = JSON.stringify({ check: checkOf(body), keyring: JSON.parse(body) as unknown }, null, 1);
    for (const copy of COPIES) orThrow(await writeAtomically(file(copy), Buffer.from(text), { place: 'own' }));
  };

  const readAttempts = async (): Promise<Attempts> => {
    if (!existsSync(file(ATTEMPTS))) return {};
    const parsed = Attempts.safeParse(parseJson(await readFile(file(ATTEMPTS), 'utf8')));
    // Unreadable counts as nothing failed: it must never keep the right password out.
    return parsed.success ? parsed.data : {};
  };

  const writeAttempts = async (attempts: Attempts): Promise<void> =>
    orThrow(await writeAtomically(file(ATTEMPTS), Buffer.from(JSON.stringify(attempts)), { place: 'own' }));

  /** One attempt, once the delay is over that those before it cost; what it throws counts as one more. */
  const slowed = async <T>(mark: string, tooEarly: ProblemCode, forgets: boolean, attempt: () => Promise<T>) => {
    const attempts = await readAttempts();
    const before = attempts[mark] ?? { failures: 0, lastMs: 0 };
    const left = Math.ceil(before.lastMs / 1000 + delaySeconds(before.failures) - clock().getTime() / 1000);
    // A clock set back must not lock the person out for longer than the delay itself.
    if (left > 0 && left <= delaySeconds(before.failures)) throw new ProblemError(tooEarly, { seconds: left });
    // Counted before it is tried, so that killing the application does not win a free attempt.
    await writeAttempts({ ...attempts, [mark]: { failures: before.failures + 1, lastMs: clock().getTime() } });
    const value = await attempt();
    const { [mark]: _counted, ...others } = attempts;
    await writeAttempts(forgets || before.failures === 0 ? others : { ...others, [mark]: before });
    return { value, failuresBefore: before.failures };
  };

  const tryPassword = async (loginName: string, password: string, forgets: boolean) => {
    const keyring = await read();
    const mark = loginMark(keyring.salt, loginName);
    const { value, failuresBefore } = await slowed(mark, 'site.login-delayed', forgets, async () => {
      const slot = keyring.slots.find((one): one is AccountSlot => one.kind === 'account' && one.login === mark);
      const secrets = await openAccountSlot(slot ?? decoy(keyring), password);
      if (!slot || !secrets) throw new ProblemError('site.login-failed');
      return { accountId: slot.id, ...secrets };
    });
    return { ...value, failuresBefore };
  };

  return {
    read,
    write,
    /** Whether one of the copies can still be read. */
    reads: async (): Promise<boolean> => (await copies()).some(Boolean),
    /** Which of the copies can be read, best first. */
    copies: async (): Promise<boolean[]> => (await copies()).map((copy) => copy !== null),
    /**
     * Makes the copies alike again: a copy that cannot be read is kept aside and written anew, one that a power cut left
     * behind is brought up to date. Answers whether one was damaged or gone.
     */
    async mend(): Promise<boolean> {
      const texts = await Promise.all(COPIES.map((copy) => readFile(file(copy), 'utf8').catch(() => null)));
      if (new Set(texts).size === 1) return false;
      const keyring = await read();
      const readable = await Promise.all(COPIES.map((copy) => keyringAt(file(copy))));
      const broken = COPIES.filter((_copy, index) => readable[index] === null);
      await setAside(broken.map(file), clock());
      await write(keyring);
      return broken.length > 0;
    },
    /** Whether at least one copy can be read. */
    exists: (): boolean => COPIES.some((copy) => existsSync(file(copy))),

    /** In the place of the slot with its id; of the recovery and the escrow slot there is one. */
    async putSlot(slot: Slot): Promise<void> {
      const keyring = await read();
      const others = keyring.slots.filter(
        ({ id, kind }) => id !== slot.id && (kind === 'account' || kind !== slot.kind),
      );
      await write({ ...keyring, slots: [...others, slot] });
    },

    async removeSlot(id: string): Promise<void> {
      const keyring = await read();
      await write({ ...keyring, slots: keyring.slots.filter((slot) => slot.id !== id) });
    },

    /** Tries the spoken code of an answer; wrong ones cost as much as wrong passwords do. */
    tryCode: async <T>(attempt: () => Promise<T>): Promise<T> =>
      (await slowed('help', 'site.help-delayed', true, attempt)).value,

    /**
     * The secrets behind a login name and its password. Throws `site.login-failed` for a wrong one of either, alike,
     * and `site.login-delayed` with the seconds left while the delay runs.
     */
    unlock: async (loginName: string, password: string) => tryPassword(loginName, password, true),

    /** As `unlock`, for what is no sign-in: the failures still wait to be told to the person when he signs in. */
    prove: async (loginName: string, password: string) => tryPassword(loginName, password, false),
  };
}

/** As slow as the real thing, so that the answer's time does not tell which login names exist. */
const decoy = (keyring: Keyring): AccountSlot => {
  const any = keyring.slots.find((slot): slot is AccountSlot => slot.kind === 'account');
  if (!any) throw new ProblemError('site.keyring-damaged');
  return { ...any, id: '00000000-0000-4000-8000-000000000000' };
};

const checkOf = (body: string): string => createHash('sha256').update(body).digest('hex');

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** The keyring in a file; null where there is none, or it is not as it was written. */
export async function keyringAt(path: string): Promise<Keyring | null> {
  if (!existsSync(path)) return null;
  const outer = z
    .strictObject({ check: z.string(), keyring: z.unknown() })
    .safeParse(parseJson(await readFile(path, 'utf8')));
  if (!outer.success || checkOf(JSON.stringify(outer.data.keyring)) !== outer.data.check) return null;
  const keyring = Keyring.safeParse(outer.data.keyring);
  return keyring.success ? keyring.data : null;
}
