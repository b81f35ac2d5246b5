import { expect, test } from 'vitest';
import { rowReader } from '../../../shared/ledger-cells.ts';
import type { Attendance } from '../../../shared/training.ts';
import type { TrainingField } from '../../../shared/training-import.ts';
import { readResults } from '../../../electron/training/results.ts';

const names = ['张三', '李四', '王五'];

function read(cell: string) {
  const attendance = new Map<string, Attendance>(
    names.map((name) => [
      name,
      {
        personId: name,
        state: name === '王五' ? 'EXCUSED' : 'PRESENT',
        reason: name === '王五' ? '病假' : null,
        result: 'NOT_ASSESSED',
      },
    ]),
  );
  const reader = rowReader<TrainingField>({ rowNumber: 1, cells: {}, mended: [], skip: null } as never);
  readResults(cell, attendance, new Map(names.map((name) => [name, name])), reader);
  return { refused: reader.isRefused(), results: names.map((name) => attendance.get(name)?.result) };
}

test.each([
  ['全部合格', ['PASSED', 'PASSED', 'NOT_ASSESSED']],
  ['均合格', ['PASSED', 'PASSED', 'NOT_ASSESSED']],
  ['张三52、李四 88', [52, 88, 'NOT_ASSESSED']],
  ['张三：90.5分；李四不合格', [90.5, 'FAILED', 'NOT_ASSESSED']],
  ['李四不合格，其余合格', ['PASSED', 'FAILED', 'NOT_ASSESSED']],
  ['张三优秀 李四未通过', ['PASSED', 'FAILED', 'NOT_ASSESSED']],
])('“%s” is read', (cell, results) => {
  expect(read(cell)).toEqual({ refused: false, results });
});

test.each(['王五90', '外人80', '效果较好', '张三'])('“%s” refuses the row instead of being guessed at', (cell) => {
  expect(read(cell).refused).toBe(true);
});
