import { localDay } from '../../shared/dates.ts';
import { fail, ok, orThrow, type ProblemCode, type Result } from '../../shared/problem.ts';
import type { Session, SheetScan } from '../../shared/training.ts';
import { trainingFields } from '../../shared/training-import.ts';
import { daysOf, defaultNorm, dueBy } from '../../shared/training-rules.ts';
import { keepChosen } from '../files/chosen-attachment.ts';
import { writeAtomically } from '../files/safe-write.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { ledgerImport } from '../sheet/ledger.ts';
import { judgeTrainingRow, type Known, type SessionPlan } from './import.ts';
import { trainingReads } from './reads.ts';

type SessionCalls =
  | 'training.listSessions'
  | 'training.getSession'
  | 'training.recordSession'
  | 'training.withdrawSession'
  | 'training.getScan'
  | 'training.saveScan'
  | 'training.previewImport'
  | 'training.commitImport';

/** Training: sessions, hours against the norm, the catalogue. */
export const trainingService = (services: Services): HandlersOf<'training'> => ({
  ...sessionCalls(services),
  ...hoursAndRules(services),
});

/** Whose rows an account sees: an officer's only his own. */
const ownOnly = ({ roles, personId }: Actor): string | null =>
  roles.every((role) => role === 'officer') ? (personId ?? '') : null;

function sessionCalls({
  db,
  journal,
  site,
  clock,
  newId,
  files,
  attachments,
  shell,
}: Services): Pick<HandlersOf<'training'>, SessionCalls> {
  const reads = trainingReads(db, site.station);
  const ledger = ledgerImport({ files, shell, db, fields: trainingFields });
  const isKnown = db.prepare<[string], { id: string }>('SELECT id FROM person WHERE id = ?');
  const named = db.prepare<[string], { id: string }>(
    `SELECT id FROM person WHERE name = ? AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST') ORDER BY id LIMIT 10`,
  );
  const append = (
    session: Session,
    { imported, reason }: { imported: boolean; reason: string | null },
    actor: Actor,
  ): void =>
    void journal.append('training.session-recorded', { session, imported, reason }, { id: actor.id, key: null });

  const faultOf = (session: SessionPlan): ProblemCode | null => {
    if (session.heldOn > localDay(clock())) return 'training.date-in-future';
    if (session.instructorId === null && (session.instructorName ?? '') === '') return 'training.instructor-missing';
    if (session.course !== null && !reads.courses().some(({ code }) => code === session.course))
      return 'training.course-unknown';
    const ids = session.attendance.map(({ personId }) => personId);
    const all = session.instructorId === null ? ids : [...ids, session.instructorId];
    return all.every((id) => isKnown.get(id)) ? null : 'training.person-unknown';
  };

  /** The session at the version the change was made from, and still standing. */
  const current = (id: string, version: number | null): Result<Session> => {
    const found = reads.session(id);
    if (found?.stream !== site.station) return fail('training.session-unknown');
    if (found.withdrawn) return fail('training.withdrawn');
    return found.session.version === version ? ok(found.session) : fail('training.changed-meanwhile');
  };

  const visible = (id: string, actor: Actor) => {
    const found = reads.session(id);
    if (!found || found.withdrawn) return null;
    const own = ownOnly(actor);
    return own === null || found.people.some(({ personId }) => personId === own) ? found : null;
  };

  const scanOf = async (
    { session, sha256 }: { readonly session: string; readonly sha256: string },
    actor: Actor,
  ): Promise<Result<Pick<SheetScan, 'kind' | 'name'> & { readonly bytes: Buffer }>> => {
    const found = ownOnly(actor) === null ? visible(session, actor) : null;
    const scan = found?.session.scans.find((one) => one.sha256 === sha256);
    if (!scan) return fail('training.session-unknown');
    const bytes = await attachments.read(sha256);
    return bytes.ok ? ok({ ...scan, bytes: bytes.value }) : fail('training.scan-missing');
  };

  const known = (): Known => ({
    today: localDay(clock()),
    courses: reads.courses(),
    peopleNamed: (name) => named.all(name).map(({ id }) => id),
    sameDay: (heldOn, title) => reads.sameDay(site.station, heldOn, title),
  });

  return {
    'training.listSessions': (asked, { actor }) => ok(reads.sessions({ ...asked, person: ownOnly(actor) })),

    'training.getSession': ({ id }, { actor }) => {
      const found = visible(id, actor);
      if (!found) return fail('training.session-unknown');
      const { session, stream: station, instructor, recordedAt, recordedBy, reason, people } = found;
      const own = ownOnly(actor);
      if (own === null) return ok({ ...session, station, instructor, recordedAt, recordedBy, reason, people });
      // How the others did is nobody's business but theirs and the station's.
      const attendance = session.attendance.filter(({ personId }) => personId === own);
      const self = people.filter(({ personId }) => personId === own);
      return ok({
        ...session,
        attendance,
        scans: [],
        station,
        instructor,
        recordedAt,
        recordedBy,
        reason,
        people: self,
      });
    },

    'training.recordSession': async ({ id, version, session: draft, reason, sameConfirmed }, { actor, job }) => {
      const before = id === null ? null : current(id, version);
      if (before && !before.ok) return before;
      if (before && reason === '') return fail('training.reason-missing');
      const { newScans, ...facts } = draft;
      const fault = faultOf(facts);
      if (fault) return fail(fault);
      const twins = reads.sameDay(site.station, facts.heldOn, facts.title).filter((other) => other.id !== id);
      if (twins.length > 0 && !sameConfirmed) return fail('training.same-session');
      const kept = await keepChosen(newScans, files, attachments, job);
      if (!kept.ok) return kept;
      // Only what stood here stays: whoever names another file's digest would be given evidence to look at.
      const stays = (before?.value.scans ?? []).filter(({ sha256 }) =>
        facts.scans.some((one) => one.sha256 === sha256),
      );
      const fresh = kept.value.filter(({ sha256 }) => !stays.some((scan) => scan.sha256 === sha256));
      const next = { ...facts, id: id ?? newId(), version: (version ?? 0) + 1, scans: [...stays, ...fresh] };
      append(next, { imported: false, reason: reason || null }, actor);
      return ok({ id: next.id, version: next.version });
    },

    'training.withdrawSession': ({ id, version, reason }, { actor }) => {
      const before = current(id, version);
      if (!before.ok) return before;
      if (reason === '') return fail('training.reason-missing');
      journal.append('training.session-withdrawn', { id, reason }, { id: actor.id, key: null });
      return ok({});
    },

    'training.getScan': async (asked, { actor }) => {
      const scan = await scanOf(asked, actor);
      return scan.ok ? ok({ kind: scan.value.kind, base64: scan.value.bytes.toString('base64') }) : scan;
    },

    'training.saveScan': async (asked, { actor }) => {
      const scan = await scanOf(asked, actor);
      if (!scan.ok) return scan;
      const path = await shell.chooseSavePath({ suggestedName: scan.value.name, extension: scan.value.kind });
      if (path !== null) orThrow(await writeAtomically(path, scan.value.bytes));
      return ok({ saved: path !== null });
    },

    'training.previewImport': (input) => ledger.preview(input, () => judgeTrainingRow(known())),

    'training.commitImport': (input, { actor, job }) =>
      ledger.commit(
        input,
        () => judgeTrainingRow(known()),
        (plan) => append({ ...plan, id: newId(), version: 1 }, { imported: true, reason: null }, actor),
        job,
      ),
  };
}

function hoursAndRules({ db, journal, site, clock }: Services): Omit<HandlersOf<'training'>, SessionCalls> {
  const reads = trainingReads(db, site.station);

  const hoursOf = (year: number, station: string | null, person: string | null) => {
    const today = localDay(clock());
    const norms = new Map(reads.norms(year).map((norm) => [norm.identityKind, norm.days]));
    const day = today.startsWith(String(year)) ? today : `${String(year)}-12-31`;
    return reads.hours(year, station, person).map((row) => {
      const norm = norms.get(row.identityKind) ?? defaultNorm(row.identityKind).days;
      return { ...row, days: daysOf(row.hours), norm, due: dueBy({ days: norm }, day) };
    });
  };

  return {
    'training.hoursOf': ({ year, station }, { actor }) => ok(hoursOf(year, station, ownOnly(actor))),

    'training.recordOf': ({ personId }, { actor }) => {
      const own = ownOnly(actor);
      return ok(own === null || own === personId ? reads.recordOf(personId) : []);
    },

    'training.listCourses': () => ok(reads.courses()),

    'training.recordCourse': ({ course, isNew }, { actor }) => {
      const known = reads.courses().some(({ code }) => code === course.code);
      if (isNew && known) return fail('training.course-code-taken');
      if (!isNew && !known) return fail('training.course-unknown');
      journal.append('training.course-recorded', course, { id: actor.id, key: null });
      return ok({});
    },

    'training.listNorms': ({ year }) => ok(reads.norms(year)),

    'training.setNorm': (norm, { actor }) => {
      journal.append('training.norm-set', norm, { id: actor.id, key: null });
      return ok({});
    },

    'training.waiting': () => {
      const today = localDay(clock());
      const behind = hoursOf(Number(today.slice(0, 4)), null, null).filter(({ days, due }) => days < due).length;
      const lastHeldOn = reads.lastHeldOn();
      const silentDays =
        lastHeldOn === null ? null : Math.floor((Date.parse(today) - Date.parse(lastHeldOn)) / 86_400_000);
      return ok({ behind, lastHeldOn, silentDays });
    },
  };
}
