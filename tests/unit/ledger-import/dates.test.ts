import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agrees, dateOfSerial, parseLedgerDate } from '../../../shared/dates.ts';

const date = fc.date({ min: new Date('1925-01-01'), max: new Date('2079-12-31'), noInvalidDate: true });
const dayOf = (value: Date): string => value.toISOString().slice(0, 10);

describe('the ledgers’ date notations', () => {
  it.each([
    ['1969.08', '1969-08', 'month-only'],
    ['1993年4月', '1993-04', 'month-only'],
    ['2026.3.', '2026-03', 'month-only'],
    ['202603', '2026-03', 'month-only'],
    ['2026年1月22日', '2026-01-22', null],
    ['2026-01-01', '2026-01-01', null],
    ['2026/1/2 00:00:00', '2026-01-02', null],
    ['２０２６．０１．０３', '2026-01-03', null],
    ['2026 年 1 月 3 号', '2026-01-03', null],
    ['20260103', '2026-01-03', null],
  ])('reads %s', (text, day, remark) => {
    expect(parseLedgerDate(text)).toEqual({ date: day, remark });
  });

  it('reads a real date and the bare number of one', () => {
    expect(parseLedgerDate({ date: '1971-01-20' })).toEqual({ date: '1971-01-20', remark: null });
    expect(parseLedgerDate(25_953)).toEqual({ date: '1971-01-20', remark: 'serial-date' });
    expect(parseLedgerDate(20_260_103)).toEqual({ date: '2026-01-03', remark: null });
  });

  it('says that the number 2026.1 may have been October', () => {
    expect(parseLedgerDate(2026.1)).toEqual({ date: '2026-01', remark: 'month-ambiguous' });
    expect(parseLedgerDate(2026.11)).toEqual({ date: '2026-11', remark: 'month-only' });
    expect(parseLedgerDate('2026.10')).toEqual({ date: '2026-10', remark: 'month-only' });
  });

  it.each(['2026-13-05', '2026-02-30', '2026.0', '1869.08', '69.08', '上月', '', '2026', '2026-1-2-3'])(
    'finds no date in “%s”',
    (text) => {
      expect(parseLedgerDate(text)).toBeNull();
    },
  );

  it('reads every day back in every notation', () => {
    fc.assert(
      fc.property(date, (value) => {
        const day = dayOf(value);
        const [year, month, inMonth] = day.split('-').map(Number);
        for (const text of [
          day,
          `${year}.${month}.${inMonth}`,
          `${year}年${month}月${inMonth}日`,
          `${year}/${month}/${inMonth}`,
        ])
          expect(parseLedgerDate(text)?.date).toBe(day);
      }),
    );
  });

  it('counts serial days without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9_133, max: 65_743 }), (serial) => {
        expect(Date.parse(dateOfSerial(serial + 1)) - Date.parse(dateOfSerial(serial))).toBe(86_400_000);
      }),
    );
  });

  it('lets a month agree with each of its days only', () => {
    expect(agrees('1969-08', '1969-08-09')).toBe(true);
    expect(agrees('1969-08-09', '1969-08')).toBe(true);
    expect(agrees('1969-08', '1969-09-08')).toBe(false);
    expect(agrees('1969-08-09', '1969-08-10')).toBe(false);
  });
});
