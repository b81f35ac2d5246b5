import { lossSteps, type StickFile, type StickRow } from '../../shared/media.ts';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { carriedBy } from './carried.ts';
import { readMark, writeMark } from './mark.ts';
import { mediaStore } from './store.ts';

/** The site's sticks: who has which, where each has been, and what is done when one is lost. */
export function mediaService({ db, journal, site, newId, files }: Services): HandlersOf<'media'> {
  const own = site.code;
  const store = mediaStore(db, own);

  /** Appends a movement; the ledger itself refuses what a stick's state does not allow. */
  const act = (kind: string, body: { readonly id: string }, { id: author }: Actor): Result<Record<string, never>> => {
    journal.append(kind, body, { id: author, key: null });
    return ok({});
  };

  const stepsOf = ({ site: of, id, state }: StickRow): StickFile['steps'] => {
    if (state !== 'lost') return [];
    const done = new Map(store.steps(of, id).map(({ step, ...how }) => [step, how]));
    return lossSteps.map((step) => ({ step, done: done.get(step) ?? null }));
  };

  const refusalOfStep = (id: string, step: string): ProblemCode | null => {
    const stick = store.find(own, id);
    if (!stick) return 'media.stick-unknown';
    const open = stepsOf(stick).filter(({ done }) => !done);
    if (!open.some((each) => each.step === step)) return 'media.not-now';
    return step === 'conclude' && open.length > 1 ? 'media.steps-open' : null;
  };

  return {
    'media.list': () => ok(store.list()),

    'media.openStick': ({ site: of, id }) => {
      const stick = store.find(of, id);
      if (!stick) return fail('media.stick-unknown');
      const movements = store.movements(of, id);
      return ok({ ...stick, movements, carried: carriedBy(store, stick), steps: stepsOf(stick) });
    },

    'media.recordStick': (draft, { actor }) => {
      const isTaken = store.list().some(({ isOwn, number }) => isOwn && number === draft.number);
      if (isTaken) return fail('media.number-taken');
      const id = newId();
      journal.append('media.stick-recorded', { id, ...draft }, { id: actor.id, key: null });
      return ok({ id });
    },

    'media.issueStick': (body, { actor }) => act('media.stick-issued', body, actor),
    'media.takeBackStick': (body, { actor }) => act('media.stick-returned', body, actor),
    'media.reportLoss': (body, { actor }) => act('media.stick-lost', body, actor),
    'media.reportFound': (body, { actor }) => act('media.stick-found', body, actor),
    'media.retireStick': (body, { actor }) => act('media.stick-retired', body, actor),

    'media.tickLossStep': (body, { actor }) => {
      const refused = refusalOfStep(body.id, body.step);
      return refused ? fail(refused) : act('media.loss-step-done', body, actor);
    },

    'media.markStick': async ({ id, drive: driveId }) => {
      if (!store.find(own, id)) return fail('media.stick-unknown');
      const drive = files.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const written = await writeMark(drive, id);
      return written.ok ? ok({}) : written;
    },

    'media.recognise': async ({ drive: driveId }) => {
      const drive = files.drive(driveId);
      const id = drive && (await readMark(drive));
      return ok(store.list().find((stick) => stick.id === id) ?? null);
    },
  };
}
