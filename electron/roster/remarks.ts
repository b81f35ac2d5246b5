import { personStatuses } from '../../shared/code-tables.ts';
import type { Note } from '../../shared/ledger-import.ts';
import type { PersonFacts } from '../../shared/person.ts';

/** Words in the remarks column that say where a person is; the first that fits counts. */
const STATUS_WORDS: readonly (readonly [RegExp, PersonFacts['status']])[] = [
  [/退休(?!返聘)/, 'RETIRED'],
  [/辞职|离职|辞退|解聘|解除合同/, 'RESIGNED'],
  [/调出|调离|调往/, 'TRANSFERRED'],
  [/借调|借用|抽调/, 'SECONDED'],
  [/离岗|待岗|内退|病休|停职/, 'OFF_POST'],
];

type FromRemarks = Pick<PersonFacts, 'status' | 'secondedTo' | 'veteran'> & { readonly repairs: readonly Note[] };

/** What the remarks say of the person's state, each named as a repair; the remarks themselves stay. */
export function statusFromRemarks(remarks: string | null): FromRemarks {
  const text = remarks ?? '';
  const status = STATUS_WORDS.find(([words]) => words.test(text))?.[1] ?? 'ON_DUTY';
  const veteran = /退伍|复员|转业|退役/.test(text);
  const secondedTo =
    status === 'SECONDED' ? (/(?:借调|借用|抽调)(?:到|至|往|去|在)?([^，,。；;（(]+)/.exec(text)?.[1] ?? null) : null;
  const repairs: Note[] = [];
  if (status !== 'ON_DUTY')
    repairs.push({ code: 'roster.status-from-remarks', params: { value: personStatuses.labelOf(status) } });
  if (veteran) repairs.push({ code: 'roster.veteran-from-remarks' });
  return { status, secondedTo, veteran, repairs };
}
