import { amount, ledgerDay, oneOf, personName, type RowReader, rowReader, text } from '../../shared/ledger-cells.ts';
import type { Attendance, Course, Session } from '../../shared/training.ts';
import type { TrainingField } from '../../shared/training-import.ts';
import { attendanceStates, attends, courseKinds, trainingMethods } from '../../shared/training-tables.ts';
import type { Judge } from '../sheet/ledger.ts';
import { readResults } from './results.ts';

type Reader = RowReader<TrainingField>;

/** What a row says of a session; it gets its id when it is recorded. */
export type SessionPlan = Omit<Session, 'id' | 'version'>;

/** What a ledger's row is judged by. */
export type Known = {
  readonly today: string;
  readonly courses: readonly Course[];
  /** Ids of those on the strength by name; several for namesakes. */
  readonly peopleNamed: (name: string) => readonly string[];
  readonly sameDay: (heldOn: string, title: string) => readonly SessionPlan[];
};

/**
 * Judges the rows of a training ledger, one session each. A session already recorded is left as it is, whatever the file
 * says otherwise: the difference is named.
 */
export function judgeTrainingRow(known: Known): Judge<TrainingField, SessionPlan> {
  const above: { readonly row: number; readonly plan: SessionPlan }[] = [];

  return (row) => {
    const reader = rowReader(row);
    const plan = readSession(reader, known);
    if (!plan || reader.isRefused()) return reader.refused();
    const recorded = known.sameDay(plan.heldOn, plan.title);
    if (recorded.some((other) => fingerprint(other) === fingerprint(plan))) return reader.unchanged();
    if (recorded.length > 0) return reader.unchanged([{ code: 'training.differs-from-record' }]);
    const twin = above.find((other) => fingerprint(other.plan) === fingerprint(plan));
    if (twin) return reader.unchanged([{ code: 'training.same-as-row', params: { row: twin.row } }]);
    above.push({ row: row.rowNumber, plan });
    return reader.settle(plan);
  };
}

/** What makes two rows one session. */
const fingerprint = ({ heldOn, title, hours, attendance }: SessionPlan): string =>
  JSON.stringify([
    heldOn,
    title,
    hours,
    attendance.map(({ personId, state, result }) => `${personId} ${state} ${String(result)}`).sort(),
  ]);

function readSession(reader: Reader, known: Known): SessionPlan | null {
  const heldOn = reader.must('heldOn', ledgerDay);
  const title = reader.must('course', text);
  const hours = reader.must('hours', amount);
  const course = known.courses.find(({ name }) => name === title) ?? null;
  const kind = reader.read('kind', oneOf(courseKinds)) ?? course?.kind ?? null;
  const method = reader.read('method', oneOf(trainingMethods)) ?? course?.method ?? 'THEORY';
  if (kind === null) reader.refuse({ code: 'import.required', field: 'kind' });
  if (heldOn !== null && heldOn > known.today) reader.refuse({ code: 'training.date-in-future', field: 'heldOn' });
  if (hours !== null && (hours <= 0 || hours > 200))
    reader.refuse({ code: 'training.hours-implausible', field: 'hours' });
  const attendance = readAttendance(reader, known);
  const place = reader.read('place', text);
  const remarks = reader.read('remarks', text);
  const instructor = instructorOf(reader, known);
  if (heldOn === null || title === null || hours === null || kind === null || !attendance) return null;
  const areas = [...(course?.areas ?? [])];
  return {
    ...{ course: course?.code ?? null, title, kind, areas, method, heldOn, hours, place, remarks, attendance },
    ...instructor,
    costYuan: null,
    scans: [],
  };
}

/** Somebody of the strength by his name, anybody else as a name from outside. */
function instructorOf(reader: Reader, known: Known): Pick<Session, 'instructorId' | 'instructorName'> {
  const name = reader.read('instructor', text);
  const ids = name === null ? [] : known.peopleNamed(name);
  return ids.length === 1
    ? { instructorId: ids[0] ?? null, instructorName: null }
    : { instructorId: null, instructorName: name };
}

type Mentioned = { readonly name: string; readonly remark: string | null };

/** `刘子轩、孙雨（迟到）`: names with whatever stands between them, each perhaps with a remark in brackets. */
function mentionedIn(cell: string): readonly Mentioned[] {
  const plain = cell.normalize('NFKC');
  return [...plain.matchAll(/([\p{Script=Han}·•A-Za-z]+)\s*(?:\(([^)]*)\))?/gu)].map(([, name = '', remark]) => ({
    name,
    remark: remark?.trim() || null,
  }));
}

function readAttendance(reader: Reader, known: Known): Attendance[] | null {
  const came = mentionedIn(reader.must('attendees', text) ?? '');
  const stayed = mentionedIn(reader.read('absentees', text) ?? '');
  const idOf = (field: TrainingField, name: string): string | null => {
    const read = personName(name);
    const ids = 'refused' in read ? [] : known.peopleNamed(read.value);
    if (ids.length === 1) return ids[0] ?? null;
    reader.refuse({
      code: ids.length === 0 ? 'training.not-on-roster' : 'training.name-of-several',
      field,
      params: { name },
    });
    return null;
  };
  const byId = new Map<string, Attendance>();
  const names = new Map<string, string>();
  const put = (field: TrainingField, { name }: Mentioned, how: Pick<Attendance, 'state' | 'reason'>): void => {
    const personId = idOf(field, name);
    if (personId === null) return;
    const before = byId.get(personId);
    if (before && before.state !== how.state) reader.refuse({ code: 'training.here-and-not', field, params: { name } });
    else if (before) reader.repair({ code: 'training.named-twice', field, params: { name } });
    byId.set(personId, { personId, ...how, result: 'NOT_ASSESSED' });
    names.set(name, personId);
  };
  for (const one of came) put('attendees', one, stateOf(one, 'PRESENT'));
  for (const one of stayed) put('absentees', one, stateOf(one, 'ABSENT'));
  countsAgree(reader, [...byId.values()]);
  readResults(reader.read('results', text), byId, names, reader);
  return byId.size === 0 ? null : [...byId.values()];
}

/** The remark in brackets says why, and often which state: `（请假）`, `（迟到）`, `（值班）`. */
function stateOf({ remark }: Mentioned, otherwise: 'PRESENT' | 'ABSENT'): Pick<Attendance, 'state' | 'reason'> {
  if (remark === null) return { state: otherwise, reason: otherwise === 'ABSENT' ? '未注明' : null };
  const state = attendanceStates.find(remark) ?? (otherwise === 'PRESENT' ? 'PRESENT' : 'EXCUSED');
  return { state, reason: state === 'PRESENT' ? null : remark };
}

/** What stands in the columns 应到 and 实到 is compared, and the names count. */
function countsAgree(reader: Reader, attendance: readonly Attendance[]): void {
  const counted = { expected: attendance.length, present: attendance.filter(({ state }) => attends(state)).length };
  for (const field of ['expected', 'present'] as const) {
    const told = reader.read(field, amount);
    if (told !== null && told !== counted[field])
      reader.repair({ code: 'training.count-differs', field, params: { told, counted: counted[field] } });
  }
}
