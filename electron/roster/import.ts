import {
  educations,
  grades,
  identityKinds,
  leadershipLevels,
  policeRanks,
  politicalStatuses,
  qualificationLevels,
  sexes,
} from '../../shared/code-tables.ts';
import { agrees, type LedgerDate } from '../../shared/dates.ts';
import {
  type CellReader,
  ledgerMonth,
  oneOf,
  personName,
  type RowReader,
  rowReader,
  text,
  yesNo,
} from '../../shared/ledger-cells.ts';
import { cellText } from '../../shared/grid.ts';
import { nations } from '../../shared/nations.ts';
import { normalResidentId, type ResidentId, readResidentId } from '../../shared/resident-id.ts';
import { isActive, type PersonFacts, residentIdFault } from '../../shared/person.ts';
import { type RosterField, rosterFields } from '../../shared/roster-import.ts';
import type { Judge } from '../sheet/ledger.ts';
import { ageFault } from './age.ts';
import { pinyinOf } from './pinyin.ts';
import { statusFromRemarks } from './remarks.ts';
import type { RosterStore } from './store.ts';

type Reader = RowReader<RosterField>;
/** Somebody already recorded, or accepted further up in the same file. */
type Known = { readonly facts: PersonFacts; readonly row: number | null };

/**
 * Judges the rows of a roster for one strength. Somebody known is left as he is, whatever the file says otherwise: a
 * ledger may be older than what was recorded since, so differences are named and mended in the form.
 */
export function judgeRosterRow(
  store: RosterStore,
  station: string | null,
  today: string,
): Judge<RosterField, PersonFacts> {
  const people: Known[] = store.peopleOf(station).map(({ facts }) => ({ facts, row: null }));
  const byResidentId = new Map(
    people.flatMap((known) => (known.facts.residentId ? [[known.facts.residentId, known]] : [])),
  );
  const byName = Map.groupBy(people, ({ facts }) => facts.name);

  const remember = (facts: PersonFacts, row: number): void => {
    const known = { facts, row };
    if (facts.residentId !== null) byResidentId.set(facts.residentId, known);
    byName.set(facts.name, [...(byName.get(facts.name) ?? []), known]);
  };

  return (row) => {
    const reader = rowReader(row);
    const facts = readFacts(reader);
    if (!facts) return reader.refused();
    const fault = residentIdFault(facts);
    if (fault) reader.refuse({ code: fault, field: 'residentId' });
    const age = ageFault(facts, today);
    if (age) reader.refuse({ code: age, field: 'birthDate' });

    const known =
      (facts.residentId ? byResidentId.get(facts.residentId) : undefined) ??
      byName.get(facts.name)?.find((other) => couldBeOne(facts, other.facts));
    if (known && known.facts.name !== facts.name)
      reader.refuse({ code: 'roster.id-of-somebody-else', field: 'residentId', params: { name: known.facts.name } });
    if (reader.isRefused()) return reader.refused();
    if (known) return judgeKnown(reader, facts, known);
    if (facts.badgeNo !== null && isActive(facts.status) && badgeTaken(facts.badgeNo)) {
      reader.refuse({ code: 'roster.badge-no-taken', field: 'badgeNo' });
      return reader.refused();
    }
    remember(facts, row.rowNumber);
    return reader.settle(facts);
  };

  function badgeTaken(badgeNo: string): boolean {
    const inFile = [...byName.values()].flat().some(({ facts, row }) => row !== null && facts.badgeNo === badgeNo);
    return inFile || store.withBadgeNo(badgeNo, null) !== null;
  }
}

/** One name, and nothing that says they are two. */
const couldBeOne = (one: PersonFacts, other: PersonFacts): boolean =>
  !(one.residentId !== null && other.residentId !== null && one.residentId !== other.residentId) &&
  !(one.birthDate !== null && other.birthDate !== null && !agrees(one.birthDate, other.birthDate)) &&
  !(one.badgeNo !== null && other.badgeNo !== null && one.badgeNo !== other.badgeNo);

function judgeKnown(reader: Reader, facts: PersonFacts, { facts: known, row }: Known): ReturnType<Reader['refused']> {
  const fields = differing(facts, known).join('、');
  if (row === null)
    return reader.unchanged(fields === '' ? [] : [{ code: 'roster.differs-from-record', params: { fields } }]);
  if (fields === '') return reader.unchanged([{ code: 'roster.same-as-row', params: { row } }]);
  reader.refuse({ code: 'roster.twice-in-file', params: { row, fields } });
  return reader.refused();
}

/** Headings under which the row says otherwise than what is known; what it leaves out is no difference. */
const differing = (facts: PersonFacts, known: PersonFacts): string[] =>
  rosterFields.filter(({ field }) => differs(facts[field], known[field], field)).map(({ label }) => label);

function differs(given: PersonFacts[RosterField], known: PersonFacts[RosterField], field: RosterField): boolean {
  if (given === null) return false;
  if (field === 'birthDate' && typeof given === 'string' && typeof known === 'string') return !agrees(given, known);
  return given !== known;
}

const residentId: CellReader<string> = (cell) => {
  const shown = cellText(cell).trim();
  const value = normalResidentId(shown);
  if (!/^\d{17}[\dX]$/.test(value))
    return { refused: { code: 'roster.resident-id-length', params: { length: value.length } } };
  return value === shown ? { value } : { value, repairs: [{ code: 'import.half-width' }] };
};

const matching =
  (pattern: RegExp, code: string): CellReader<string> =>
  (cell) => {
    const shown = cellText(cell).trim();
    const value = shown.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
    if (!pattern.test(value)) return { refused: { code, params: { value: shown } } };
    return value === shown.toUpperCase() ? { value } : { value, repairs: [{ code: 'import.half-width' }] };
  };

/** The row's facts, with what follows from them; null when a cell without which nobody can be recorded was refused. */
function readFacts(reader: Reader): PersonFacts | null {
  const name = reader.must('name', personName);
  const number = reader.read('residentId', residentId);
  const id = number === null ? null : readResidentId(number);
  const sex = reader.read('sex', oneOf(sexes)) ?? sexFromId(reader, id);
  const post = reader.read('post', text);
  const identityKind = identityOf(reader, post);
  const birthDate = reader.read('birthDate', ledgerMonth) ?? birthFromId(reader, id);
  const rank = reader.read('rank', oneOf(policeRanks));
  const remarks = reader.read('remarks', text);
  const state = statusFromRemarks(remarks);
  for (const note of state.repairs) reader.repair({ ...note, field: 'remarks' });
  const facts = {
    nation: reader.read('nation', oneOf(nations)),
    education: reader.read('education', oneOf(educations)),
    politicalStatus: reader.read('politicalStatus', oneOf(politicalStatuses)),
    workStart: reader.read('workStart', ledgerMonth),
    policeStart: reader.read('policeStart', ledgerMonth),
    leadershipLevel: reader.read('leadershipLevel', oneOf(leadershipLevels)),
    grade: reader.read('grade', oneOf(grades)),
    badgeNo: reader.read('badgeNo', matching(/^[0-9A-Z]{4,12}$/, 'roster.badge-no-invalid')),
    qualificationLevel: reader.read('qualificationLevel', oneOf(qualificationLevels)),
    postStart: reader.read('postStart', ledgerMonth),
    phone: reader.read('phone', matching(/^\+?\d{3,19}$/, 'roster.phone-invalid')),
    unit: reader.read('unit', text),
    veteran: reader.read('veteran', yesNo) ?? state.veteran,
  };
  if (name === null || sex === null || identityKind === null) return null;
  const known = {
    name,
    namePinyin: pinyinOf(name),
    sex,
    residentId: number,
    birthDate,
    identityKind,
    post,
    rank,
    remarks,
  };
  return {
    ...facts,
    ...known,
    enrolled: identityKind === 'CIVIL_SERVANT',
    ranked: rank !== null,
    status: state.status,
    secondedTo: state.secondedTo,
    qualificationNo: null,
    qualificationExpiry: null,
  };
}

function sexFromId(reader: Reader, id: ResidentId | string | null): PersonFacts['sex'] | null {
  if (id === null || typeof id === 'string') {
    reader.refuse({ code: 'import.required', field: 'sex' });
    return null;
  }
  const sex = sexes.find(id.sex);
  reader.repair({ code: 'roster.sex-from-id', field: 'sex' });
  return sex;
}

function birthFromId(reader: Reader, id: ResidentId | string | null): LedgerDate | null {
  if (id === null || typeof id === 'string') return null;
  reader.repair({ code: 'roster.birth-from-id', field: 'birthDate', params: { value: id.birthDate } });
  return id.birthDate;
}

/** A plain 辅警 whose post says which kind he is, is that kind. */
function identityOf(reader: Reader, post: string | null): PersonFacts['identityKind'] | null {
  const kind = reader.must('identityKind', oneOf(identityKinds));
  const byPost = post === null ? null : identityKinds.find(post);
  if (kind !== 'AUXILIARY' || (byPost !== 'AUX_DUTY' && byPost !== 'AUX_CLERICAL')) return kind;
  reader.repair({
    code: 'roster.identity-from-post',
    field: 'identityKind',
    params: { value: identityKinds.labelOf(byPost) },
  });
  return byPost;
}
