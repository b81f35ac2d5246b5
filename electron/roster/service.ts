import { localDay } from '../../shared/dates.ts';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import { normalResidentId } from '../../shared/resident-id.ts';
import { isActive, isPromotion, type PersonFacts, residentIdFault } from '../../shared/person.ts';
import type { PersonChange, PersonDraft, PersonView } from '../../shared/roster.ts';
import { rosterFields } from '../../shared/roster-import.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { ledgerImport } from '../sheet/ledger.ts';
import { ageFault } from './age.ts';
import { judgeRosterRow } from './import.ts';
import { personList } from './person-list.ts';
import { pinyinOf } from './pinyin.ts';
import { type PersonRecord, rosterStore } from './store.ts';
import { historyOf, viewOf } from './views.ts';

type Next = {
  readonly id: string;
  readonly version: number;
  readonly station: string | null;
  readonly facts: PersonFacts;
  readonly change: PersonChange;
  readonly reason: string | null;
  readonly effectiveOn: string | null;
  readonly movedTo?: string;
};

/** The strength of the station, or of the whole county: who is there, and how each came to be recorded so. */
export function rosterService({ db, journal, site, clock, newId, files, shell }: Services): HandlersOf<'roster'> {
  const store = rosterStore(db);
  const list = personList(db);
  const ledger = ledgerImport({ files, shell, db, fields: rosterFields });

  const append = ({ id, version, station, facts, ...how }: Next, actor: Actor): void => {
    const body = { person: { id, version, ...facts }, ...how };
    const author = { id: actor.id, key: null };
    if (site.kind === 'bureau' && station === null) journal.append('roster.bureau-person-recorded', body, author);
    else journal.append('roster.person-recorded', body, author, station ?? undefined);
  };

  const recorded = (next: Next, actor: Actor): Result<PersonView> => {
    append(next, actor);
    const person = store.person(next.id);
    return person ? ok(viewOf(person)) : fail('roster.person-unknown');
  };

  /** The person, if the actor may see it: an officer sees only himself. */
  const visible = (id: string, actor: Actor): PersonRecord | null =>
    isOwnOnly(actor) && actor.personId !== id ? null : store.person(id);

  /** The person at the version the change was made from. */
  const current = (id: string, version: number | null): Result<PersonRecord> => {
    const person = store.person(id);
    if (!person) return fail('roster.person-unknown');
    return person.version === version ? ok(person) : fail('roster.changed-meanwhile', { version: person.version });
  };

  /** Whose strength a new person joins; `undefined` where the bureau did not say. */
  const stationFor = (given: string | null | undefined): string | null | undefined =>
    site.kind === 'station' ? site.station : given;

  const faultOf = (facts: PersonFacts, station: string | null, id: string | null): ProblemCode | null => {
    const fault = residentIdFault(facts) ?? ageFault(facts, localDay(clock()));
    if (fault) return fault;
    if (!isActive(facts.status)) return null;
    if (facts.residentId !== null && store.withResidentId(facts.residentId, station, id))
      return 'roster.resident-id-taken';
    return facts.badgeNo !== null && store.withBadgeNo(facts.badgeNo, id) ? 'roster.badge-no-taken' : null;
  };

  /**
   * Going is an act of its own. Promotion waits for the end of a case (公职人员政务处分法 art. 52) and of a sanction's
   * period (art. 19). Whoever may not know of either promotes nobody, so that no refusal tells him; nor does anybody
   * promote himself, who may not know of his own.
   */
  const refusalOfChange = (before: PersonRecord, after: PersonFacts, actor: Actor): Result<never> | null => {
    if (isActive(before.facts.status) && !isActive(after.status)) return fail('roster.departure-by-edit');
    if (!isPromotion(before.facts, after)) return null;
    if (!mayKnowOfCases(actor)) return fail('roster.promotion-not-yours');
    if (before.id === actor.personId) return fail('roster.own-promotion');
    const since = store.heldSince(before.id, actor.personId);
    if (since !== null) return fail('roster.person-frozen', { since });
    const until = store.sanctionedUntil(before.id, actor.personId, localDay(clock()));
    return until === null ? null : fail('roster.person-in-period', { until });
  };

  /** A person who goes: a new version with another status, a day and a reason. */
  const leave = (
    { id, version, reason, effectiveOn }: { id: string; version: number; reason: string; effectiveOn: string },
    { status, ...how }: Pick<Next, 'change' | 'movedTo'> & Pick<PersonFacts, 'status'>,
    actor: Actor,
  ): Result<PersonView> => {
    if (id === actor.personId) return fail('roster.own-departure');
    const person = current(id, version);
    if (!person.ok) return person;
    const { facts, station } = person.value;
    if (!isActive(facts.status)) return fail('roster.already-left');
    if (reason === '') return fail('roster.reason-missing');
    if (effectiveOn > localDay(clock())) return fail('roster.date-in-future');
    const since = isActive(status) ? null : store.heldSince(id, actor.personId);
    if (since !== null) return fail('roster.person-frozen', { since });
    const next = { ...facts, status, secondedTo: null };
    return recorded({ id, version: version + 1, station, facts: next, reason, effectiveOn, ...how }, actor);
  };

  return {
    'roster.listPersons': (input, { actor }) => ok(list.page(input, isOwnOnly(actor) ? (actor.personId ?? '') : null)),
    'roster.listPosts': () => ok(list.posts()),
    'roster.counts': () => ok(list.counts()),
    'roster.pinyinOf': ({ name }) => ok({ namePinyin: pinyinOf(name) }),

    'roster.getPerson': ({ id }, { actor }) => {
      const person = visible(id, actor);
      return person ? ok(viewOf(person)) : fail('roster.person-unknown');
    },

    'roster.historyOf': ({ id }, { actor }) =>
      visible(id, actor) ? ok(historyOf(store.versionsOf(id))) : fail('roster.person-unknown'),

    'roster.revealResidentId': ({ id }, { actor }) => {
      const residentId = visible(id, actor)?.facts.residentId;
      if (residentId === undefined) return fail('roster.person-unknown');
      if (residentId === null) return fail('roster.no-resident-id');
      journal.append('roster.resident-id-revealed', { personId: id }, { id: actor.id, key: null });
      return ok({ residentId });
    },

    'roster.recordPerson': ({ id, version, facts: draft, reason, namesakeConfirmed, station }, { actor }) => {
      const known = id === null ? null : current(id, version);
      if (known && !known.ok) return known;
      const home = known ? known.value.station : stationFor(station);
      if (home === undefined) return fail('roster.station-missing');
      if (known && reason === '') return fail('roster.reason-missing');
      const facts = completed(draft, known?.value.facts ?? null);
      const fault = faultOf(facts, home, id);
      if (fault) return fail(fault);
      const refusal = known && refusalOfChange(known.value, facts, actor);
      if (refusal) return refusal;
      const namesake = known || namesakeConfirmed ? null : store.namesakeOf(facts.name, home);
      if (namesake) return fail('roster.namesake', { personId: namesake });
      const next = { id: id ?? newId(), version: (version ?? 0) + 1, station: home, facts, effectiveOn: null };
      return recorded({ ...next, change: known ? 'edited' : 'recorded', reason: reason || null }, actor);
    },

    'roster.personLeft': (input, { actor }) => leave(input, { change: 'left', status: input.status }, actor),
    'roster.personTransferred': (input, { actor }) =>
      leave(input, { change: 'transferred', status: 'TRANSFERRED', movedTo: input.to }, actor),

    'roster.previewImport': ({ station, ...input }) => {
      const home = stationFor(station);
      if (home === undefined) return fail('roster.station-missing');
      return ledger.preview(input, () => judgeRosterRow(store, home, localDay(clock())));
    },

    'roster.commitImport': ({ station, ...input }, { actor, job }) => {
      const home = stationFor(station);
      if (home === undefined) return fail('roster.station-missing');
      const apply = (facts: PersonFacts): void =>
        append(
          { id: newId(), version: 1, station: home, facts, change: 'imported', reason: null, effectiveOn: null },
          actor,
        );
      return ledger.commit(input, () => judgeRosterRow(store, home, localDay(clock())), apply, job);
    },
  };
}

/** Offices that may know of an open case (立案), if they are not concerned in it. */
const mayKnowOfCases = ({ roles }: Actor): boolean => roles.some((role) => role === 'chief' || role === 'cadre');

const isOwnOnly = ({ roles }: Actor): boolean => roles.every((role) => role === 'officer');

/** The form's facts with what the page does not hold: the reading of the name, an identity number it never saw. */
function completed(draft: PersonDraft, before: PersonFacts | null): PersonFacts {
  const kept = draft.residentId === 'keep' ? (before?.residentId ?? null) : draft.residentId;
  const residentId = kept === null || kept.trim() === '' ? null : normalResidentId(kept);
  return { ...draft, namePinyin: draft.namePinyin ?? pinyinOf(draft.name), residentId };
}
