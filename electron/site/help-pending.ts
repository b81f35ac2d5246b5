import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HelpRequest } from '../../shared/site-help.ts';
import { orThrow } from '../../shared/problem.ts';
import { jsonOf } from '../bundle/members.ts';
import { recipientOf } from '../crypto/age-keys.ts';
import { type Keyring, keyringName } from '../crypto/keyring.ts';
import { writeAtomically } from '../files/safe-write.ts';
import { escrowSlotIn } from './escrow-slot.ts';

/** What a request leaves on the computer until its answer was used or it was withdrawn. */
const Pending = z.strictObject({ v: z.literal(1), request: z.uuid(), at: z.iso.datetime(), identity: z.string() });
export type Pending = z.infer<typeof Pending>;

/**
 * The request that waits for the bureau's answer, as a file beside the keyring: the stick is days on its way. Who reads
 * the identity in it can open nothing without the answer and the code that is told by telephone.
 */
export function pendingHelp(dataDir: string) {
  const path = join(dataDir, 'help.json');
  return {
    /** Null too where it cannot be read: a new request takes its place. */
    async read(): Promise<Pending | null> {
      const text = await readFile(path, 'utf8').catch(() => '');
      const pending = Pending.safeParse(jsonOf(text));
      return pending.success ? pending.data : null;
    },
    write: async (pending: Pending): Promise<void> =>
      orThrow(await writeAtomically(path, Buffer.from(JSON.stringify(pending)))),
    /** From here on the answer opens nothing any more. */
    remove: (): Promise<void> => rm(path, { force: true }),
  };
}

/** The request as it goes to the bureau, made of what waits here and what the keyring holds; null without a slot. */
export async function requestOf({ request, at, identity }: Pending, keyring: Keyring): Promise<HelpRequest | null> {
  const slot = escrowSlotIn(keyring);
  return (
    slot && {
      format: 'lijing-help-request',
      version: 1,
      ...{ site: slot.site, keyring: keyringName(keyring.salt), request, at },
      recipient: await recipientOf(identity),
      slot: slot.sealed,
    }
  );
}
