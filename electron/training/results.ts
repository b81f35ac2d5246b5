import type { RowReader } from '../../shared/ledger-cells.ts';
import type { Attendance } from '../../shared/training.ts';
import type { TrainingField } from '../../shared/training-import.ts';
import { attends } from '../../shared/training-tables.ts';

const ALL_PASSED = /^(全部|全体|均|都|参训人员全部)?(合格|通过|及格)$/;
const OTHERS_PASSED = /^(其余|其他|其它)(人员)?(全部|均|都)?(合格|通过|及格)$/;
const ONE = /^([\p{Script=Han}·•]+?)[:：\s]*(\d{1,3}(?:\.\d)?分?|不合格|不及格|未通过|优秀|良好|合格|及格|通过)$/u;

/**
 * Reads the column 考核情况 into the attendance: `全部合格`, `刘子轩52、孙雨56`, `张三不合格，其余合格`. A result of somebody who was
 * not there, or that says nothing known, refuses the row.
 */
export function readResults(
  cell: string | null,
  attendance: Map<string, Attendance>,
  idOf: ReadonlyMap<string, string>,
  reader: RowReader<TrainingField>,
): void {
  if (cell === null) return;
  const set = (personId: string, result: Attendance['result']): void => {
    const one = attendance.get(personId);
    if (one) attendance.set(personId, { ...one, result });
  };
  const passOthers = (): void => {
    for (const [personId, { state, result }] of attendance)
      if (attends(state) && result === 'NOT_ASSESSED') set(personId, 'PASSED');
  };
  // A score a space away from its name still belongs to it.
  const joined = cell.normalize('NFKC').replace(/(?<=\p{Script=Han})\s+(?=\d)/gu, '');
  const parts = joined.split(/[、,;；。\s]+/).filter((part) => part !== '');
  const isForAll = parts.length === 1 && ALL_PASSED.test(parts[0] ?? '');
  for (const part of isForAll ? [] : parts.filter((each) => !OTHERS_PASSED.test(each))) {
    const [, name = '', word = ''] = ONE.exec(part) ?? [];
    const personId = idOf.get(name);
    const state = personId === undefined ? undefined : attendance.get(personId)?.state;
    if (personId === undefined || state === undefined || !attends(state))
      reader.refuse({ code: 'training.result-unreadable', field: 'results', params: { value: part } });
    else set(personId, resultOf(word));
  }
  if (isForAll || parts.some((part) => OTHERS_PASSED.test(part))) passOthers();
}

function resultOf(word: string): Attendance['result'] {
  const score = /^\d{1,3}(?:\.\d)?/.exec(word)?.[0];
  if (score !== undefined) return Math.min(100, Number(score));
  return /不|未/.test(word) ? 'FAILED' : 'PASSED';
}
