import type { IncidentSource } from '../../shared/discipline-entries.ts';
import { incidentSources, ledgerStages } from '../../shared/discipline-entries.ts';
import type { DisciplineField } from '../../shared/discipline-import.ts';
import { bureauMeasures, type StationMeasure, stationMeasures } from '../../shared/discipline-measures.ts';
import { addDays } from '../../shared/dates.ts';
import { VERIFICATION_DAYS } from '../../shared/discipline-rules.ts';
import { ledgerDay, oneOf, personName, type RowReader, rowReader, text } from '../../shared/ledger-cells.ts';
import { type ViolationAct, violationActs } from '../../shared/violation-kinds.ts';
import type { Judge } from '../sheet/ledger.ts';

export type Stage = (typeof ledgerStages)[number];

/** What a row says of an incident; ids and the number are given when it is recorded. */
export type IncidentPlan = {
  readonly number: string | null;
  readonly source: IncidentSource;
  readonly foundOn: string;
  readonly people: readonly string[];
  readonly category: ViolationAct;
  readonly facts: string;
  readonly verifiers: readonly string[];
  readonly dueOn: string | null;
  readonly stage: Stage;
  readonly measure: StationMeasure | null;
  readonly decidedOn: string | null;
};

/** What a ledger's row is judged by; `isKnown` sees every incident, that the same file again adds none. */
export type Known = {
  readonly today: string;
  /** The person who imports: a row about him is none of his business. */
  readonly self: string | null;
  readonly peopleNamed: (name: string) => readonly string[];
  readonly isKnown: (plan: IncidentPlan) => boolean;
};

/** Judges the rows of a discipline ledger. */
export function judgeIncidentRow(known: Known): Judge<DisciplineField, IncidentPlan> {
  const above = new Map<string, number>();
  return (row) => {
    const reader = rowReader(row);
    const plan = readIncident(reader, known);
    if (!plan || reader.isRefused()) return reader.refused();
    if (known.self !== null && plan.people.includes(known.self)) {
      reader.refuse({ code: 'discipline.about-yourself', field: 'people' });
      return reader.refused();
    }
    if (known.isKnown(plan)) return reader.unchanged();
    const key = JSON.stringify([plan.foundOn, [...plan.people].sort(), plan.category, plan.facts]);
    const twin = above.get(key);
    if (twin !== undefined) return reader.unchanged([{ code: 'discipline.same-as-row', params: { row: twin } }]);
    above.set(key, row.rowNumber);
    return reader.settle(plan);
  };
}

const stageWords: readonly (readonly [RegExp, Stage])[] = [
  [/办结|结案|已结|完结|销号/, 'closed'],
  [/待核|线索|登记|受理/, 'lead'],
  [/待决定|待处理|核查完|已核查|已决定|已处理|整改/, 'pending'],
  [/核查|调查|办理中|核实/, 'verifying'],
];

function readIncident(reader: RowReader<DisciplineField>, known: Known): IncidentPlan | null {
  const number = reader.read('number', text);
  const foundOn = reader.must('foundOn', ledgerDay);
  const people = namesIn(reader, 'people', known, reader.must('people', text) ?? '');
  const verifiers = namesIn(reader, 'verifiers', known, reader.read('verifiers', text) ?? '');
  const category = reader.must('category', oneOf(violationActs));
  const facts = reader.must('facts', text);
  const source = reader.read('source', oneOf(incidentSources));
  const given = reader.read('dueOn', ledgerDay);
  const decidedOn = reader.read('decidedOn', ledgerDay);
  const measure = measureOf(reader);
  const stage = stageOf(reader, measure !== null);
  if (foundOn !== null && foundOn > known.today) reader.refuse({ code: 'discipline.date-in-future', field: 'foundOn' });
  if (people.some((id) => verifiers.includes(id)))
    reader.refuse({ code: 'discipline.concerned-verifies', field: 'verifiers' });
  if (measure !== null && decidedOn === null) reader.refuse({ code: 'import.required', field: 'decidedOn' });
  if (stage === 'closed' && measure === null) reader.refuse({ code: 'import.required', field: 'measure' });
  if (source === null && !reader.isRefused()) reader.repair({ code: 'discipline.source-assumed', field: 'source' });
  if (foundOn === null || category === null || facts === null || people.length === 0) return null;
  const dueOn = stage === 'lead' ? null : (given ?? addDays(foundOn, VERIFICATION_DAYS));
  return {
    number,
    source: source ?? 'SELF_CHECK',
    foundOn,
    people,
    category,
    facts,
    verifiers,
    dueOn,
    stage,
    measure,
    decidedOn,
  };
}

/** A measure only the bureau decides does not come in with a station's ledger: it comes down from the bureau. */
function measureOf(reader: RowReader<DisciplineField>): StationMeasure | null {
  const words = reader.read('measure', text);
  if (words === null) return null;
  const measure = stationMeasures.find(words);
  if (measure !== null) return measure;
  const code = bureauMeasures.find(words) === null ? 'import.value-unknown' : 'discipline.measure-of-the-bureau';
  reader.refuse({ code, field: 'measure', params: { value: words } });
  return null;
}

function stageOf(reader: RowReader<DisciplineField>, isDecided: boolean): Stage {
  const words = reader.read('stage', text);
  const found = stageWords.find(([pattern]) => words !== null && pattern.test(words))?.[1];
  if (words !== null && !found)
    reader.refuse({ code: 'import.value-unknown', field: 'stage', params: { value: words } });
  return found ?? (isDecided ? 'closed' : 'lead');
}

function namesIn(
  reader: RowReader<DisciplineField>,
  field: 'people' | 'verifiers',
  known: Known,
  cell: string,
): string[] {
  const names = cell.split(/[、，,;；\s/]+/).filter((name) => name !== '');
  const ids = names.flatMap((name) => {
    const read = personName(name);
    const found = 'refused' in read ? [] : known.peopleNamed(read.value);
    if (found.length === 1) return found;
    const code = found.length === 0 ? 'discipline.not-on-roster' : 'discipline.name-of-several';
    reader.refuse({ code, field, params: { name } });
    return [];
  });
  return [...new Set(ids)];
}
