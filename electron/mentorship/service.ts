import { addDays, localDay } from '../../shared/dates.ts';
import { goesOn, unexplained } from '../../shared/mentorship.ts';
import { mentorshipFields } from '../../shared/mentorship-import.ts';
import { addMonths, NEW_YEARS, overlaps } from '../../shared/mentorship-rules.ts';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { ledgerImport } from '../sheet/ledger.ts';
import { boardOf, waitingFor } from './board.ts';
import { judgePairRow, type Known, type PairPlan } from './import.ts';
import { mentorshipReads, type PairView } from './reads.ts';

type SignOffCalls = 'mentorship.signOff' | 'mentorship.withdrawSignOff' | 'mentorship.acknowledge' | 'mentorship.see';

/** Mentoring: pairs, what both sign, and what is missing. */
export function mentorshipService(services: Services): HandlersOf<'mentorship'> {
  return { ...pairCalls(services), ...signOffCalls(services) };
}

/** Whose pairs an account sees: an officer's only those he is in. */
const ownOnly = ({ roles, personId }: Actor): string | null =>
  roles.every((role) => role === 'officer' || role === 'mentor') ? (personId ?? '') : null;

const isVisible = (actor: Actor, { mentor, apprentice }: PairView): boolean => {
  const own = ownOnly(actor);
  return own === null || own === mentor.id || own === apprentice.id;
};

function pairCalls({
  db,
  journal,
  site,
  clock,
  newId,
  files,
  shell,
}: Services): Omit<HandlersOf<'mentorship'>, SignOffCalls> {
  const reads = mentorshipReads(db);
  const ledger = ledgerImport({ files, shell, db, fields: mentorshipFields });
  const today = (): string => localDay(clock());

  const form = (plan: PairPlan, imported: boolean, actor: Actor): string => {
    const id = newId();
    journal.append('mentorship.pair-formed', { id, ...plan, imported }, { id: actor.id, key: null });
    return id;
  };

  const faultOf = ({ mentor, apprentice, startsOn, endsOn }: PairPlan): ProblemCode | null => {
    if (mentor === apprentice) return 'mentorship.own-apprentice';
    if (!reads.isActive(mentor) || !reads.isActive(apprentice)) return 'mentorship.person-unknown';
    if (endsOn <= startsOn) return 'mentorship.term-wrong';
    return reads.hasMentor(apprentice, { from: startsOn, to: endsOn }) ? 'mentorship.apprentice-taken' : null;
  };

  /** One's own station's pair that has not ended. */
  const open = (id: string): Result<PairView> => {
    const pair = reads.pair(id, today());
    if (pair?.station !== site.station) return fail('mentorship.pair-unknown');
    return pair.endedOn === null ? ok(pair) : fail('mentorship.pair-ended');
  };

  const visible = (actor: Actor): PairView[] => reads.pairs(ownOnly(actor), today());

  const known = (): Known => {
    const formed = reads.pairs(null, today());
    return {
      peopleNamed: reads.named,
      pairsOf: (apprentice) =>
        formed
          .filter((pair) => pair.apprentice.id === apprentice)
          .map(({ mentor, startsOn, endsOn, endedOn, agreement }) => ({
            mentor: mentor.id,
            apprentice,
            startsOn,
            endsOn: endedOn ?? endsOn,
            agreement,
          })),
      apprenticesOf: (mentor) => formed.filter((pair) => pair.mentor.id === mentor && pair.state === 'open').length,
    };
  };

  return {
    'mentorship.listPairs': ({ openOnly }, { actor }) =>
      ok(
        visible(actor)
          .filter((pair) => !openOnly || goesOn(pair))
          .map(rowOf),
      ),

    'mentorship.getPair': ({ id }, { actor }) => {
      const pair = reads.pair(id, today());
      if (!pair || !isVisible(actor, pair)) return fail('mentorship.pair-unknown');
      return ok({ ...pair, events: reads.eventsOf(pair) });
    },

    'mentorship.listUnseen': () =>
      ok(
        reads
          .pairs(null, today())
          .flatMap(({ mentor, apprentice, signOffList }) => signOffList.map((one) => ({ ...one, mentor, apprentice })))
          .filter(({ acknowledgement, seenAt }) => acknowledgement !== null && seenAt === null)
          .sort((one, other) => one.from.localeCompare(other.from)),
      ),

    'mentorship.pairsOf': ({ personId }, { actor }) => {
      const own = ownOnly(actor);
      return ok(own === null || own === personId ? reads.pairs(personId, today()).map(rowOf) : []);
    },

    'mentorship.board': (_input, { actor }) =>
      ok(
        boardOf(
          visible(actor),
          ownOnly(actor) === null ? reads.newcomers(addMonths(today(), -12 * NEW_YEARS), today()) : [],
        ),
      ),

    'mentorship.waiting': (_input, { actor }) => {
      const newcomers = reads.newcomers(addMonths(today(), -12 * NEW_YEARS), today());
      return ok(waitingFor(actor, reads.pairs(null, today()), newcomers, today()));
    },

    'mentorship.formPair': (plan, { actor }) => {
      const fault = faultOf(plan);
      return fault ? fail(fault) : ok({ id: form(plan, false, actor) });
    },

    'mentorship.extendPair': ({ pair: id, endsOn, reason }, { actor }) => {
      const pair = open(id);
      if (!pair.ok) return pair;
      if (reason === '') return fail('mentorship.reason-missing');
      const { apprentice, endsOn: before } = pair.value;
      if (endsOn <= before) return fail('mentorship.term-wrong');
      if (reads.hasMentor(apprentice.id, { from: addDays(before, 1), to: endsOn }))
        return fail('mentorship.apprentice-taken');
      journal.append('mentorship.pair-extended', { pair: id, endsOn, reason }, { id: actor.id, key: null });
      return ok({});
    },

    'mentorship.endPair': ({ pair: id, endedOn, reason }, { actor }) => {
      const pair = open(id);
      if (!pair.ok) return pair;
      if (reason === '') return fail('mentorship.reason-missing');
      if (endedOn < pair.value.startsOn || endedOn > today()) return fail('mentorship.term-wrong');
      journal.append('mentorship.pair-ended', { pair: id, endedOn, reason }, { id: actor.id, key: null });
      return ok({});
    },

    'mentorship.examine': ({ pair: id, on, result, comment }, { actor }) => {
      const pair = open(id);
      if (!pair.ok) return pair;
      if (on > today()) return fail('mentorship.period-in-future');
      if (on < pair.value.startsOn) return fail('mentorship.term-wrong');
      journal.append('mentorship.examined', { pair: id, on, result, comment }, { id: actor.id, key: null });
      return ok({});
    },

    'mentorship.previewImport': (input) => ledger.preview(input, () => judgePairRow(known())),
    'mentorship.commitImport': (input, { actor, job }) =>
      ledger.commit(
        input,
        () => judgePairRow(known()),
        (plan) => void form(plan, true, actor),
        job,
      ),
  };
}

const rowOf = ({ agreement: _agreement, signOffList: _list, ...row }: PairView) => row;

function signOffCalls({ db, journal, site, clock, newId }: Services): Pick<HandlersOf<'mentorship'>, SignOffCalls> {
  const reads = mentorshipReads(db);
  const today = (): string => localDay(clock());
  const signed = (actor: Actor) => ({ id: actor.id, key: actor.key });

  /** The pair a sign-off belongs to, as the actor's own part in it allows. */
  const pairFor = (signOff: string): PairView | null => {
    const id = reads.pairOfSignOff(site.station, signOff);
    return id === null ? null : reads.pair(id, today());
  };

  return {
    'mentorship.signOff': (facts, { actor }) => {
      const pair = reads.pair(facts.pair, today());
      if (pair?.station !== site.station) return fail('mentorship.pair-unknown');
      if (actor.personId !== pair.mentor.id) return fail('mentorship.not-the-mentor');
      if (pair.endedOn !== null) return fail('mentorship.pair-ended');
      if (facts.to > today()) return fail('mentorship.period-in-future');
      if (facts.from > facts.to || facts.from < pair.startsOn || facts.to > pair.endsOn)
        return fail('mentorship.period-outside-term');
      if (pair.signOffList.some((other) => overlaps(other, facts))) return fail('mentorship.period-overlaps');
      if (unexplained(facts.ratings).length > 0) return fail('mentorship.rating-reason-missing');
      const id = newId();
      journal.append('mentorship.signed-off', { id, ...facts }, signed(actor));
      return ok({ id });
    },

    'mentorship.withdrawSignOff': ({ signOff, reason }, { actor }) => {
      const pair = pairFor(signOff);
      if (!pair) return fail('mentorship.sign-off-unknown');
      if (actor.personId !== pair.mentor.id) return fail('mentorship.not-the-mentor');
      if (reason === '') return fail('mentorship.reason-missing');
      journal.append('mentorship.sign-off-withdrawn', { signOff, reason }, signed(actor));
      return ok({});
    },

    'mentorship.acknowledge': (facts, { actor }) => {
      const pair = pairFor(facts.signOff);
      if (!pair) return fail('mentorship.sign-off-unknown');
      if (actor.personId !== pair.apprentice.id) return fail('mentorship.not-the-apprentice');
      journal.append('mentorship.acknowledged', facts, signed(actor));
      return ok({});
    },

    'mentorship.see': (facts, { actor }) => {
      if (!pairFor(facts.signOff)) return fail('mentorship.sign-off-unknown');
      journal.append('mentorship.seen', facts, signed(actor));
      return ok({});
    },
  };
}
