import { activeStatuses } from '../../shared/person.ts';
import type { ListInput } from '../../shared/roster.ts';
import { aBureau, aStation, type TestSite } from '../support/site.ts';
import { aSessionOf } from './history.ts';
import { absolute, type Figure, quantile, timed } from './measure.ts';
import { aPerson } from './people.ts';
import { withClosed } from './sites.ts';
import { sizes } from './sizes.ts';

const GOAL_MS = 50;
const ROUNDS = 10;
const nobody = { id: 'system', key: null };

/** Lists and searches among a whole county's people and sessions. */
export async function searching(): Promise<Figure[]> {
  return [...(await people()), ...(await sessions())];
}

const p95 = async (what: string, asks: readonly (() => Promise<unknown>)[]): Promise<Figure> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) for (const ask of asks) times.push(await timed(ask));
  return absolute(`${what}, p95`, quantile(times, 0.95), GOAL_MS, 'ms');
};

async function people(): Promise<Figure[]> {
  const site = await aStation();
  await site.core.shutdown();
  await withClosed({ dir: site.dir, loginName: 'suozhang' }, ({ journal }) =>
    journal.together(() => {
      for (let n = 0; n < sizes.people; n += 1) journal.append('roster.person-recorded', aPerson(n), nobody);
    }),
  );
  await site.signIn('suozhang');
  const figures = await listFigures(site);
  await site.close();
  return figures;
}

/** As the list screen asks: everybody on the strength, two hundred to a page. */
async function listFigures(site: TestSite): Promise<Figure[]> {
  const plain: ListInput = {
    ...{ search: '', statuses: [...activeStatuses], identityKinds: [], ranks: [], posts: [], qualifications: [] },
    ...{ station: null, sort: 'name', descending: false, offset: 0, limit: 200 },
  };
  const pages = (...overs: readonly Partial<ListInput>[]) =>
    overs.map((over) => () => site.call('roster.listPersons', { ...plain, ...over }));
  const searches = (...words: readonly string[]) => pages(...words.map((search) => ({ search })));
  return [
    await p95(`first page of ${String(sizes.people)} people`, pages({})),
    await p95(
      'last page and the one in the middle',
      pages({ offset: sizes.people - 200 }, { offset: sizes.people / 2 }),
    ),
    await p95(
      'pages by rank, birth and time in post',
      pages({ sort: 'rank' }, { sort: 'birthDate' }, { sort: 'postStart', descending: true }),
    ),
    await p95(
      'filters of the list',
      pages(
        { posts: ['内勤'] },
        { identityKinds: ['CIVIL_SERVANT'], qualifications: ['NONE'] },
        { station: '999999010100-1' },
      ),
    ),
    await p95('search by characters', searches('张', '建军', '王志强', '彩霞')),
    await p95('search by pinyin and initials', searches('zhang', 'wangzhi', 'zjj', 'lxf')),
    await p95('search by badge number', searches('600123', '6543')),
    await p95('counts above the list', [() => site.call('roster.counts', {})]),
  ];
}

/** A bureau's sessions, month by month, of all stations and of one. */
async function sessions(): Promise<Figure[]> {
  const site: TestSite = await aBureau();
  await site.core.shutdown();
  const people = Array.from({ length: 200 }, (_, n) => aPerson(n).person.id);
  await withClosed({ dir: site.dir, loginName: 'guanli' }, ({ db }) => {
    const put = db.prepare(
      `INSERT INTO training_session (stream, id, version, held_on, title, kind, method, hours, place, instructor_id,
         instructor_name, expected, present, scans, facts, recorded_at, recorded_by, reason)
       VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, NULL, ?, 6, 6, 0, ?, '2026-11-24T01:00:00.000Z', 'system', NULL)`,
    );
    db.exec('BEGIN');
    for (let n = 0; n < sizes.sessions; n += 1) {
      const { session } = aSessionOf(people, n);
      const { id, heldOn, title, kind, method, hours, place, instructorName } = session;
      const facts = JSON.stringify(session);
      put.run(
        `9999990100${String(10 + (n % 30))}-1`,
        id,
        heldOn,
        title,
        kind,
        method,
        hours,
        place,
        instructorName,
        facts,
      );
    }
    db.exec('COMMIT');
  });
  await site.signIn('guanli');
  const months = ['2023-02', '2024-07', '2025-11'];
  const asks = (station: string | null) =>
    months.map(
      (month) => () => site.call('training.listSessions', { from: `${month}-01`, to: `${month}-28`, station }),
    );
  const figures = [
    await p95(`a month of ${String(sizes.sessions)} sessions, all stations`, asks(null)),
    await p95('the same of one station', asks('999999010011-1')),
  ];
  await site.close();
  return figures;
}
