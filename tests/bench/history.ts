import { randomUUID } from 'node:crypto';
import type { Journal } from '../../electron/journal/journal.ts';
import type { SheetScan } from '../../shared/training.ts';
import type { PersonRecorded } from '../../shared/roster.ts';
import { aPerson } from './people.ts';

const nobody = { id: 'system', key: null };
/** Entries written as one change: a crash would lose so many, and no more stand in memory. */
const AT_ONCE = 10_000;
const ATTENDED = 6;

/** A session of some of the people, the same for the same number. */
export function aSessionOf(people: readonly string[], n: number, scans: readonly SheetScan[] = []) {
  const from = (n * ATTENDED) % Math.max(1, people.length - ATTENDED);
  const present = { state: 'PRESENT', reason: null, result: n % 3 === 0 ? 70 + (n % 30) : 'NOT_ASSESSED' } as const;
  return {
    session: {
      ...{ id: randomUUID(), version: 1, course: null, title: `盘查训练${String(n % 40)}`, kind: 'COMBAT' },
      ...{ areas: ['ENFORCEMENT'], method: n % 2 === 0 ? 'PRACTICE' : 'THEORY', hours: 2 + (n % 7), place: '训练场' },
      heldOn: new Date(Date.UTC(2022, 0, 1 + (n % 1_700))).toISOString().slice(0, 10),
      ...{ instructorId: null, instructorName: '县局法制大队', costYuan: null, remarks: null },
      attendance: people.slice(from, from + ATTENDED).map((personId) => ({ personId, ...present })),
      scans,
    },
    imported: false,
    reason: null,
  };
}

/** People of a station; once they are recorded, their facts change. */
const STRENGTH = 100;

/** Fills a journal with what a station writes: somebody's facts, then three sessions, and so on. */
export function fill(journal: Journal, count: number): void {
  const people: PersonRecorded['person'][] = [];
  const ids: string[] = [];
  const isAboutPerson = (n: number): boolean => n % 4 === 0 || ids.length < ATTENDED;
  for (let from = 0; from < count; from += AT_ONCE)
    journal.together(() => {
      for (let n = from; n < Math.min(count, from + AT_ONCE); n += 1)
        if (isAboutPerson(n)) journal.append('roster.person-recorded', facts(n), nobody);
        else journal.append('training.session-recorded', aSessionOf(ids, n), nobody);
    });

  function facts(n: number): PersonRecorded {
    const slot = ids.length < STRENGTH ? ids.length : (n / 4) % STRENGTH;
    const known = people[slot];
    if (known) {
      const person = { ...known, version: known.version + 1, post: n % 8 === 0 ? '内勤' : '社区民警' };
      people[slot] = person;
      return { person, change: 'edited', reason: '岗位调整', effectiveOn: null };
    }
    const recorded = aPerson(n);
    people[slot] = recorded.person;
    ids.push(recorded.person.id);
    return recorded;
  }
}
