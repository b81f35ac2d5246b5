import type { Evidence } from '../../shared/discipline-entries.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { keepChosen } from '../files/chosen-attachment.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import type { Desk } from './desk.ts';

type Handlers = Partial<HandlersOf<'discipline'>>;

/** Recording an incident, its facts, its people and its evidence. */
export function recordingCalls({ journal, newId, files, attachments }: Services, { take, sign, ...desk }: Desk) {
  const addEvidence = (incident: string, evidence: readonly Evidence[], actor: Actor): void => {
    for (const one of evidence) sign(actor, 'discipline.evidence-added', { incident, evidence: one });
  };

  return {
    'discipline.recordIncident': async ({ evidence, ...draft }, { actor, job }) => {
      const fault = desk.faultOfPeople(actor, draft.people);
      if (fault) return fail(fault);
      if (desk.isLater(draft.foundOn, draft.actedOn)) return fail('discipline.date-in-future');
      const kept = await keepChosen(evidence, files, attachments, job);
      if (!kept.ok) return kept;
      const id = newId();
      const number = desk.nextNumber(draft.people, draft.foundOn);
      journal.together(() => {
        sign(actor, 'discipline.incident-recorded', { id, number, ...draft });
        addEvidence(id, kept.value, actor);
      });
      return ok({ id, number });
    },

    'discipline.editFacts': (body, { actor }) => {
      const found = take(actor, body.incident, 'edit-facts');
      return found.ok ? sign(actor, 'discipline.facts-edited', body) : found;
    },

    'discipline.changePeople': (body, { actor }) => {
      const found = take(actor, body.incident, 'change-people');
      if (!found.ok) return found;
      const fault = desk.faultOfPeople(actor, body.people);
      if (fault) return fail(fault);
      const verifiers = desk.reads.verifiers(found.value.station, body.incident);
      if (verifiers.some(({ id }) => body.people.includes(id))) return fail('discipline.concerned-verifies');
      return sign(actor, 'discipline.people-changed', body);
    },

    'discipline.addEvidence': async ({ incident, files: chosen }, { actor, job }) => {
      const found = take(actor, incident, 'add-evidence');
      if (!found.ok) return found;
      const kept = await keepChosen(chosen, files, attachments, job);
      if (!kept.ok) return kept;
      journal.together(() => addEvidence(incident, kept.value, actor));
      return ok({});
    },

    'discipline.getEvidence': async ({ incident, sha256 }, { actor }) => {
      const found = desk.find(actor, incident);
      if (!found.ok) return found;
      const evidence = desk.reads.evidence(found.value.station, incident).find((one) => one.sha256 === sha256);
      if (!evidence) return fail('discipline.incident-unknown');
      desk.look(actor, 'discipline.evidence-viewed', sha256, { incident, sha256 });
      const bytes = await attachments.read(sha256);
      return bytes.ok
        ? ok({ kind: evidence.kind, base64: bytes.value.toString('base64') })
        : fail('discipline.evidence-missing');
    },
  } satisfies Handlers;
}

/** Verification (核查), and what the station decides on it. */
export function verifyingCalls({ newId }: Services, { take, sign, today, ...desk }: Desk) {
  return {
    'discipline.startVerification': (body, { actor }) => {
      const found = take(actor, body.incident, 'start-verification');
      if (!found.ok) return found;
      if (found.value.people.some(({ id }) => body.verifiers.includes(id)))
        return fail('discipline.concerned-verifies');
      if (!desk.areKnown(body.verifiers)) return fail('discipline.person-unknown');
      if (body.dueOn < today()) return fail('discipline.due-in-past');
      return sign(actor, 'discipline.verification-started', body);
    },

    'discipline.extendVerification': (body, { actor }) => {
      const found = take(actor, body.incident, 'extend-verification');
      if (!found.ok) return found;
      if (body.dueOn < today()) return fail('discipline.due-in-past');
      return sign(actor, 'discipline.verification-extended', body);
    },

    'discipline.finishVerification': (body, { actor }) => {
      const found = take(actor, body.incident, 'finish-verification');
      if (!found.ok) return found;
      if (desk.isLater(body.finishedOn)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.verification-finished', body);
    },

    'discipline.refer': (body, { actor }) => {
      const found = take(actor, body.incident, 'refer');
      return found.ok ? sign(actor, 'discipline.incident-referred', body) : found;
    },

    'discipline.decide': (body, { actor }) => {
      const found = take(actor, body.incident, 'decide');
      if (!found.ok) return found;
      if (body.person !== null && !found.value.people.some(({ id }) => id === body.person))
        return fail('discipline.person-unknown');
      if (desk.isLater(body.decidedOn)) return fail('discipline.date-in-future');
      if (body.measure === 'NOT_ESTABLISHED' && desk.isRecorder(actor, found.value))
        return fail('discipline.second-person-needed');
      return sign(actor, 'discipline.decision-made', { id: newId(), ...body });
    },
  } satisfies Handlers;
}

/** Rectification (整改), follow-up, closing and opening again. */
export function endingCalls({ newId }: Services, { take, sign, today, reads, ...desk }: Desk) {
  /** The rectification that stands as open or done. */
  const rectification = (
    station: string,
    { incident, rectification: id }: { readonly incident: string; readonly rectification: string },
    isDone: boolean,
  ): Result<unknown> => {
    const found = reads.rectifications(station, incident).find((one) => one.id === id && one.clearedOn === null);
    return found && (found.doneOn !== null) === isDone ? ok(found) : fail('discipline.rectification-unknown');
  };

  return {
    'discipline.addRectification': (body, { actor }) => {
      const found = take(actor, body.incident, 'add-rectification');
      if (!found.ok) return found;
      if (!desk.areKnown([body.owner])) return fail('discipline.person-unknown');
      if (body.dueOn < today()) return fail('discipline.due-in-past');
      return sign(actor, 'discipline.rectification-added', { id: newId(), ...body });
    },

    'discipline.finishRectification': (body, { actor }) => {
      const found = take(actor, body.incident, 'finish-rectification');
      if (!found.ok) return found;
      const open = rectification(found.value.station, body, false);
      if (!open.ok) return open;
      if (desk.isLater(body.doneOn)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.rectification-done', body);
    },

    'discipline.clearRectification': (body, { actor }) => {
      const found = take(actor, body.incident, 'clear-rectification');
      if (!found.ok) return found;
      const done = rectification(found.value.station, body, true);
      if (!done.ok) return done;
      if (desk.isLater(body.clearedOn)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.rectification-cleared', body);
    },

    'discipline.recordFollowUp': (body, { actor }) => {
      const found = take(actor, body.incident, 'record-follow-up');
      if (!found.ok) return found;
      if (desk.isLater(body.on)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.follow-up-recorded', body);
    },

    'discipline.close': (body, { actor }) => {
      const found = take(actor, body.incident, 'close');
      return found.ok ? sign(actor, 'discipline.incident-closed', body) : found;
    },

    'discipline.reopen': (body, { actor }) => {
      const found = take(actor, body.incident, 'reopen');
      if (!found.ok) return found;
      const { station } = found.value;
      const settled = [...desk.decisions.ofIncident(station, body.incident), ...reads.cases(station, body.incident)];
      return sign(actor, 'discipline.incident-reopened', { ...body, setsAside: settled.map(({ id }) => id) });
    },
  } satisfies Handlers;
}
