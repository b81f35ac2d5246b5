import { join } from 'node:path';
import { fail, ok, ProblemError } from '../../shared/problem.ts';
import { readIdentity } from '../crypto/age-keys.ts';
import { newSpokenKey } from '../crypto/spoken-key.ts';
import { secretsOf } from '../db/secrets.ts';
import { safeWrite } from '../files/safe-write.ts';
import type { HandlersOf, SecondPerson, Services } from '../ipc/handlers.ts';
import { answerBytes, MAX_HELP_BYTES, openRequest, readRequest, requestCheck } from './help-files.ts';
import { smallFile } from './small-file.ts';
import type { SiteStore } from './store.ts';

/** As a kit's: 60 random bits and a check group. */
const CODE_CHARACTERS = 12;
/** Days an answer may be on its way. */
const DAYS = 7;

/** The bureau helps a station whose passwords and recovery key are all gone, by two persons. */
export function helpService(
  store: SiteStore,
  { db, journal, site, files, clock, newId }: Services,
  place: { readonly second: SecondPerson; readonly codeLogN?: number },
): Pick<HandlersOf<'site'>, 'site.readHelpRequest' | 'site.answerHelp'> {
  const revoked = db.prepare<[string], { at: string }>('SELECT at FROM revoked WHERE site = ?');

  /** A request of one of our stations. */
  const requestIn = async (file: string) => {
    const bytes = await smallFile(files, file, MAX_HELP_BYTES, 'site.help-request-invalid');
    const request = readRequest(bytes);
    const station = store.site(request.site);
    if (!station || request.site === site.code) throw new ProblemError('site.help-station-unknown');
    if (revoked.get(request.site)) throw new ProblemError('site.help-station-revoked');
    return { request, station: station.name, check: requestCheck(bytes) };
  };

  return {
    'site.readHelpRequest': async ({ file }) => {
      const { request, station, check } = await requestIn(file);
      const dataKey = await openRequest(request, secretsOf(db).identities());
      dataKey?.fill(0);
      return ok({ site: request.site, station, at: request.at, check, needs: dataKey ? 'bureau' : 'safe' });
    },

    'site.answerHelp': async ({ file, check, reason, escrowKey, drive: driveId, ...typed }, { actor }) => {
      const seen = await requestIn(file);
      if (seen.check !== check) return fail('site.help-request-invalid');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const fromSafe = escrowKey === null ? null : await readIdentity(escrowKey);
      if (escrowKey !== null && fromSafe === null) return fail('site.escrow-key-wrong');
      const secondPerson = await place.second(actor, typed);
      const { request, site: station, keyring, recipient } = seen.request;
      const identities = fromSafe === null ? secretsOf(db).identities() : [fromSafe];
      const dataKey = await openRequest(seen.request, identities);
      if (!dataKey) return fail('site.help-key-gone');
      const code = newSpokenKey(CODE_CHARACTERS);
      const at = clock();
      const until = new Date(at.getTime() + DAYS * 86_400_000).toISOString();
      const act = newId();
      const bytes = await answerBytes(
        {
          ...{ format: 'lijing-help-answer', version: 1, act, request, site: station, keyring },
          ...{ at: at.toISOString(), until },
        },
        dataKey,
        { recipient, code, ...(place.codeLogN ? { logN: place.codeLogN } : {}) },
      ).finally(() => dataKey.fill(0));
      const fileName = `answer-${station}.lijingdf`;
      const written = await safeWrite({
        path: join(drive.path, fileName),
        bytes: (async function* () {
          yield bytes;
        })(),
        atMostBytes: bytes.length,
        drive,
      });
      if (!written.ok) return written;
      journal.append(
        'site.help-given',
        { act, site: station, request, by: fromSafe === null ? 'bureau' : 'safe', until, reason, secondPerson },
        { id: actor.id, key: null },
      );
      return ok({ fileName, spokenCode: code, until });
    },
  };
}
