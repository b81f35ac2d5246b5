import { join } from 'node:path';
import { fail, ok, ProblemError } from '../../shared/problem.ts';
import { kindOf, newIdentity, readIdentity, recipientOf } from '../crypto/age-keys.ts';
import { safeWrite } from '../files/safe-write.ts';
import type { HandlersOf, SecondPerson, Services } from '../ipc/handlers.ts';
import { recipientCheck } from './keys.ts';
import { smallFile } from './small-file.ts';
import type { SiteStore } from './store.ts';

type EscrowCalls = 'site.escrow' | 'site.makeEscrow' | 'site.keepEscrow' | 'site.confirmEscrow';

/** More than an identity file ever is; a larger one is not read. */
const MAX_KEY_FILE_BYTES = 10_000;

/**
 * The bureau's escrow key (应急密钥): a second identity that everything is sealed to, kept on paper or on a stick in the
 * safe and nowhere else. It counts once it was read back from there.
 */
export function escrowService(
  store: SiteStore,
  { journal, site, files }: Services,
  second: SecondPerson,
): Pick<HandlersOf<'site'>, EscrowCalls> {
  const own = () => {
    const self = store.site();
    if (!self?.recipient) throw new Error('a site without keys');
    return { ...self, recipient: self.recipient };
  };

  /** The pending key, where the one given is it. */
  const pendingBy = async (typed: string): Promise<{ readonly identity: string; readonly recipient: string }> => {
    const identity = await readIdentity(typed);
    const recipient = identity && (await recipientOf(identity));
    if (!identity || !recipient || recipient !== own().escrowPending) throw new ProblemError('site.escrow-key-wrong');
    return { identity, recipient };
  };

  return {
    'site.escrow': () => {
      const { escrow, escrowSince, escrowPending } = own();
      return ok({
        check: escrow && recipientCheck(escrow),
        since: escrowSince,
        pending: escrowPending && recipientCheck(escrowPending),
      });
    },

    'site.makeEscrow': async (typed, { actor }) => {
      const secondPerson = await second(actor, typed);
      // Of the bureau's own kind: age files are never sealed to both kinds at once.
      const identity = await newIdentity(kindOf(own().recipient));
      const recipient = await recipientOf(identity);
      journal.append('site.escrow-made', { recipient, secondPerson }, { id: actor.id, key: null });
      return ok({ escrowKey: grouped(identity) });
    },

    'site.keepEscrow': async ({ escrowKey, drive: driveId }) => {
      const { identity, recipient } = await pendingBy(escrowKey);
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const fileName = `escrow-${site.code}.txt`;
      const bytes = Buffer.from(`# lijing escrow key of ${site.code}\n# public key: ${recipient}\n${identity}\n`);
      const written = await safeWrite({
        path: join(drive.path, fileName),
        bytes: (async function* () {
          yield bytes;
        })(),
        atMostBytes: bytes.length,
        drive,
      });
      return written.ok ? ok({ fileName }) : written;
    },

    'site.confirmEscrow': async (given, { actor }) => {
      const typed =
        'file' in given
          ? identityIn(await smallFile(files, given.file, MAX_KEY_FILE_BYTES, 'site.escrow-key-wrong'))
          : given.escrowKey;
      const { recipient } = await pendingBy(typed);
      journal.append('site.escrow-announced', { recipient }, { id: actor.id, key: null });
      return ok({ check: recipientCheck(recipient) });
    },
  };
}

/** The first line of an identity file that is an identity and no comment. */
export const identityIn = (file: Buffer): string =>
  file
    .toString('utf8')
    .split(/\r?\n/)
    .find((line) => line.startsWith('AGE-SECRET-KEY-')) ?? '';

/** For paper: the part behind the last 1 in groups of four. */
const grouped = (identity: string): string =>
  identity.replace(/(?<=1)[^1]+$/, (rest) => ` ${rest.match(/.{1,4}/g)?.join(' ') ?? ''}`);
