import { join } from 'node:path';
import { passwordProblem } from '../../shared/password-rules.ts';
import { fail, ok, ProblemError } from '../../shared/problem.ts';
import type { Account } from '../../shared/site.ts';
import { kindOf, newIdentity } from '../crypto/age-keys.ts';
import { loginMark } from '../crypto/keyring.ts';
import { readSpokenKey } from '../crypto/spoken-key.ts';
import { safeWrite } from '../files/safe-write.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { HandlersOf } from '../ipc/handlers.ts';
import type { Lifecycle } from './lifecycle.ts';
import { enteringAt, giveNewPassword, makeChief } from './entering.ts';
import { escrowSlotIn } from './escrow-slot.ts';
import { MAX_HELP_BYTES, openAnswer, readAnswer, requestBytes, requestCheck } from './help-files.ts';
import { pendingHelp, requestOf } from './help-pending.ts';
import { smallFile } from './small-file.ts';
import type { OpenDoor } from './store.ts';

type HelpCalls = 'site.helpState' | 'site.askHelp' | 'site.readHelpAnswer' | 'site.openWithHelp' | 'site.withdrawHelp';

/** A locked station asks its bureau for help, and is opened with the answer, once. */
export function helpDoor(core: Lifecycle, files: ChosenFiles, clock: () => Date): Pick<HandlersOf<'site'>, HelpCalls> {
  const { founder } = core;
  const { vault } = founder;
  const pending = pendingHelp(core.dataDir);
  const { enter, leave, openWith } = enteringAt(core);

  const slotNow = async () => (core.isFounded() && vault.exists() ? escrowSlotIn(await vault.read()) : null);

  /** The answer in a file, where it is for the request that waits here and not too late. */
  const answerIn = async (file: string) => {
    const asked = await pending.read();
    if (!asked) throw new ProblemError('site.help-not-asked');
    const bytes = await smallFile(files, file, MAX_HELP_BYTES, 'site.help-answer-damaged');
    return readAnswer(bytes, { ...asked, now: clock() });
  };

  /** Its data key; every wrong code makes the next try wait longer. */
  const openedBy = async (file: string, code: string) => {
    const answer = await answerIn(file);
    // A slip of the tongue is told without trying it.
    if (!readSpokenKey(code)) throw new ProblemError('site.help-code-wrong');
    return { head: answer.head, dataKey: await vault.tryCode(() => openAnswer(answer, code)) };
  };

  /** Whose name it is in the keyring: told before anything is opened, for then the file would have to be chosen anew. */
  const accountOf = async (loginName: string): Promise<string | null> => {
    const { salt, slots } = await vault.read();
    const mark = loginMark(salt, loginName);
    return slots.find((slot) => slot.kind === 'account' && slot.login === mark)?.id ?? null;
  };

  return {
    'site.helpState': async () => {
      const slot = await slotNow();
      const asked = slot && (await pending.read());
      const request = asked && (await requestOf(asked, await vault.read()));
      return ok({
        ready: slot !== null,
        asked: request && { at: request.at, check: requestCheck(requestBytes(request)) },
      });
    },

    'site.askHelp': async ({ drive: driveId }) => {
      const slot = await slotNow();
      if (!slot) return fail('site.help-no-slot');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const kind = kindOf(slot.recipients[0] ?? '');
      const asked = (await pending.read()) ?? {
        v: 1,
        request: founder.newId(),
        at: clock().toISOString(),
        identity: await newIdentity(kind),
      };
      await pending.write(asked);
      const request = await requestOf(asked, await vault.read());
      if (!request) return fail('site.help-no-slot');
      const bytes = requestBytes(request);
      const fileName = `help-${request.site}.lijingqz`;
      const written = await safeWrite({
        path: join(drive.path, fileName),
        bytes: (async function* () {
          yield bytes;
        })(),
        atMostBytes: bytes.length,
        drive,
      });
      return written.ok ? ok({ fileName, check: requestCheck(bytes) }) : written;
    },

    'site.readHelpAnswer': async ({ file }) => {
      const { at, until } = (await answerIn(file)).head;
      return ok({ at, until });
    },

    'site.openWithHelp': async ({ file, code, account: wanted }, { job }) => {
      const { loginName } = wanted;
      const [password, newName] =
        'newPassword' in wanted ? [wanted.newPassword, null] : [wanted.password, wanted.accountName];
      const weak = passwordProblem(password, loginName);
      if (weak) return fail(weak);
      const { head, dataKey } = await openedBy(file, code);
      const known = await accountOf(loginName);
      if ((known === null) !== (newName !== null)) {
        dataKey.fill(0);
        return fail(known === null ? 'site.account-unknown' : 'site.login-name-taken');
      }
      const { door, isHeld } = await openWith(dataKey, job);
      const account = known === null ? null : door.store.account(known);
      const refused = refusalOf(door, account, newName !== null, { loginName, password });
      if (refused) {
        leave();
        if (!isHeld) dataKey.fill(0);
        return fail(refused);
      }
      const id = account?.id ?? founder.newId();
      const signingKey = account
        ? await giveNewPassword(core, door, { ...account, loginName }, password, dataKey)
        : await makeChief(core, door, { id, name: newName ?? '', loginName, password }, dataKey);
      const told = { act: head.act, request: head.request, account: id, isNew: account === null };
      door.journal.append('site.opened-with-help', told, { id, key: null });
      await pending.remove();
      return enter({ dataKey, accountId: id, signingKey }, 0, { isHeld });
    },

    'site.withdrawHelp': async () => {
      if (!(await pending.read())) return fail('site.help-not-asked');
      await pending.remove();
      return ok({});
    },
  };
}

/** Only a chief's account is opened with help; he lets the others in again. */
function refusalOf(
  { store }: OpenDoor,
  account: Account | null,
  isNew: boolean,
  typed: { readonly loginName: string; readonly password: string },
) {
  if (!isNew && !(account?.active && account.roles.includes('chief'))) return 'site.help-not-a-chief';
  return passwordProblem(typed.password, typed.loginName, store.knownOf(account?.personId ?? null));
}
