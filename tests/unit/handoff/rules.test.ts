import { expect, test } from 'vitest';
import { boardTotals, receiptMissedDays, reportDue, stationState } from '../../../shared/handoff-rules.ts';
import type { StationRow } from '../../../shared/handoff.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

const station = (facts: Partial<StationRow>): StationRow => ({
  site: '999999010100-1',
  station: '999999010100-1',
  name: '城关派出所',
  kitIssuedAt: null,
  pinned: false,
  lastSeq: 0,
  lastBundle: null,
  lastReceivedAt: null,
  gaps: [],
  quarantined: 0,
  lacking: 0,
  waitingDown: 0,
  lastReturnAt: null,
  revoked: null,
  behind: [],
  unheard: false,
  owed: false,
  downForked: false,
  fork: null,
  ...facts,
});

const bundle = (number: number, at: string, proven: boolean) => ({
  number,
  at,
  first: number,
  last: number,
  medium: '',
  sha256: '0'.repeat(64),
  proven,
  copyKept: !proven,
  slip: 9,
});
const reporting = (facts: Partial<Parameters<typeof reportDue>[0]>): Parameters<typeof reportDue>[0] => ({
  paired: true,
  lastSeq: 9,
  provenThrough: 0,
  waiting: 4,
  waitingByKind: {},
  receiptAt: null,
  attachmentsAsked: 0,
  lost: null,
  wanted: false,
  unfinished: null,
  missing: [],
  quarantined: [],
  bundles: [],
  ...facts,
});

test('a station is silent after 35 days, counted from its last bundle, before that from its kit', () => {
  expect(stationState(station({}), now)).toBe('kitMissing');
  expect(stationState(station({ kitIssuedAt: daysAgo(35) }), now)).toBe('kitIssued');
  expect(stationState(station({ kitIssuedAt: daysAgo(36) }), now)).toBe('silent');
  expect(stationState(station({ kitIssuedAt: daysAgo(400), lastReceivedAt: daysAgo(35) }), now)).toBe('current');
  expect(stationState(station({ lastReceivedAt: daysAgo(36), gaps: [[3, 4]] }), now)).toBe('silent');
  expect(stationState(station({ lastReceivedAt: daysAgo(1), gaps: [[3, 4]] }), now)).toBe('gaps');
});

test('a station has to report what waits when it never did, and more so when its last bundle is old', () => {
  expect(reportDue(reporting({}), now)).toBe('due');
  expect(reportDue(reporting({ paired: false }), now)).toBeNull();
  expect(reportDue(reporting({ waiting: 0, bundles: [bundle(1, daysAgo(90), true)] }), now)).toBeNull();
  expect(reportDue(reporting({ bundles: [bundle(1, daysAgo(35), true)] }), now)).toBeNull();
  expect(reportDue(reporting({ bundles: [bundle(1, daysAgo(36), true)] }), now)).toBe('overdue');
  expect(
    reportDue(reporting({ bundles: [bundle(2, daysAgo(2), true), bundle(1, daysAgo(90), true)] }), now),
  ).toBeNull();
});

test('a receipt is missed when the oldest bundle without one is old, however young the newest', () => {
  expect(receiptMissedDays(reporting({}), now)).toBeNull();
  expect(receiptMissedDays(reporting({ bundles: [bundle(1, daysAgo(90), true)] }), now)).toBeNull();
  expect(receiptMissedDays(reporting({ bundles: [bundle(1, daysAgo(20), false)] }), now)).toBeNull();
  const bundles = [bundle(3, daysAgo(2), false), bundle(2, daysAgo(40), false), bundle(1, daysAgo(90), true)];
  expect(receiptMissedDays(reporting({ bundles }), now)).toBe(40);
});

test('the county in one line counts who reported this month, what is missing and what waits, and no computer out of use', () => {
  const board = [
    station({ kitIssuedAt: daysAgo(90), lastReceivedAt: daysAgo(2), quarantined: 2, lacking: 1 }),
    station({ kitIssuedAt: daysAgo(90), lastReceivedAt: daysAgo(30), gaps: [[5, 7]], waitingDown: 3 }),
    station({ kitIssuedAt: daysAgo(90), lastReceivedAt: daysAgo(60), quarantined: 1 }),
    station({
      revoked: { at: daysAgo(1), reason: 'lost' },
      lastReceivedAt: daysAgo(2),
      quarantined: 9,
      waitingDown: 9,
    }),
  ];
  expect(boardTotals(board, now)).toEqual({
    ...{ stations: 3, reported: 1, silent: 1, gaps: 1, quarantined: 3, lacking: 1, waitingDown: 3 },
  });
});
