import { activeStatuses, type PersonFacts } from '../../shared/person.ts';
import type { ListInput, PersonRow } from '../../shared/roster.ts';
import { maskResidentId, normalResidentId } from '../../shared/resident-id.ts';
import type { Db, Statement } from '../db/open.ts';
import { surplusFiles } from './counted-once.ts';

type Found = {
  readonly id: string;
  readonly station: string | null;
  readonly stationName: string | null;
  readonly facts: string;
};
type Bindings = Record<string, string | number | null>;

const order = {
  name: ['ORDER BY p.name_pinyin, p.id', 'ORDER BY p.name_pinyin DESC, p.id DESC'],
  rank: ['ORDER BY p.rank_order, p.name_pinyin, p.id', 'ORDER BY p.rank_order DESC, p.name_pinyin DESC, p.id DESC'],
  birthDate: ['ORDER BY p.birth_date, p.id', 'ORDER BY p.birth_date DESC, p.id DESC'],
  postStart: ['ORDER BY p.post_start, p.id', 'ORDER BY p.post_start DESC, p.id DESC'],
} as const satisfies Record<ListInput['sort'], readonly [string, string]>;

/** `|` sorts after every letter: the end of all words that begin so. */
const afterAll = (prefix: string): string => `${prefix}|`;

/**
 * How the search box is understood: characters anywhere in the name, letters from its beginning, numbers as numbers.
 * Characters are looked for in the index of the names alone. Letters that are initials begin as the pinyin does, so the
 * one index serves both.
 */
function searchCondition(search: string): { readonly condition: string; readonly bindings: Bindings } | null {
  const wanted = search.normalize('NFKC').replace(/\s/g, '');
  if (wanted === '') return null;
  if (/\p{Script=Han}/u.test(wanted))
    return {
      condition: 'p.rowid IN (SELECT n.rowid FROM person n WHERE instr(n.name, @wanted) > 0)',
      bindings: { wanted },
    };
  if (/^\d{17}[\dXx]$/.test(wanted))
    return { condition: 'p.resident_id = @wanted', bindings: { wanted: normalResidentId(wanted) } };
  if (/\d/.test(wanted)) {
    const badge = wanted.toUpperCase();
    return {
      condition: 'p.badge_no >= @badge AND p.badge_no < @badgeEnd',
      bindings: { badge, badgeEnd: afterAll(badge) },
    };
  }
  const letters = wanted.toLowerCase();
  const first = letters.slice(0, 1);
  return {
    condition: `p.name_pinyin >= @first AND p.name_pinyin < @firstEnd AND (p.name_pinyin >= @letters
      AND p.name_pinyin < @lettersEnd OR p.name_initials >= @letters AND p.name_initials < @lettersEnd)`,
    bindings: { first, firstEnd: afterAll(first), letters, lettersEnd: afterAll(letters) },
  };
}

type Filters = Omit<ListInput, 'sort' | 'descending' | 'offset' | 'limit'> & { readonly onlyId: string | null };

/**
 * Only fixed texts are put together here; every value is bound. What few people share (a search, a station) may choose
 * the index; by its plus sign a filter may not, and is tested on the one index that holds what lists are filtered and
 * ordered by.
 */
function conditionsOf(filters: Filters): { readonly where: string; readonly bindings: Bindings } {
  const conditions: string[] = [];
  const bindings: Bindings = {};
  const add = (condition: string, more: Bindings): void => {
    conditions.push(condition);
    Object.assign(bindings, more);
  };
  const among = (condition: string, name: string, values: readonly string[]): void => {
    if (values.length > 0) add(condition, { [name]: JSON.stringify(values) });
  };
  if (filters.onlyId !== null) add('p.id = @onlyId', { onlyId: filters.onlyId });
  if (filters.station !== null) add('p.station = @station', { station: filters.station });
  among('+p.status IN (SELECT value FROM json_each(@statuses))', 'statuses', filters.statuses);
  among('+p.identity_kind IN (SELECT value FROM json_each(@identityKinds))', 'identityKinds', filters.identityKinds);
  among('+p.rank IN (SELECT value FROM json_each(@ranks))', 'ranks', filters.ranks);
  among('+p.post IN (SELECT value FROM json_each(@posts))', 'posts', filters.posts);
  among(
    `coalesce(p.qualification_level, 'NONE') IN (SELECT value FROM json_each(@qualifications))`,
    'qualifications',
    filters.qualifications,
  );
  const search = searchCondition(filters.search);
  if (search) add(search.condition, search.bindings);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, bindings };
}

export type PersonList = ReturnType<typeof personList>;

/** The roster as lists and figures; quick with a hundred thousand people. */
export function personList(db: Db) {
  const prepared = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const posts = db.prepare<[], { post: string }>(
    `SELECT post FROM person WHERE post IS NOT NULL AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST')
     GROUP BY post ORDER BY count(*) DESC, post LIMIT 300`,
  );
  const figures = db.prepare<
    [],
    { status: PersonFacts['status']; identityKind: PersonFacts['identityKind']; count: number; qualified: number }
  >(
    `SELECT status, identity_kind AS identityKind, count(*) AS count, count(qualification_level) AS qualified
     FROM person GROUP BY status, identity_kind ORDER BY status, identity_kind`,
  );

  const surplus = surplusFiles(db);

  return {
    page(input: ListInput, onlyId: string | null): { total: number; rows: PersonRow[] } {
      const { where, bindings } = conditionsOf({ ...input, onlyId });
      // Crossed, so that the page is found first and only then what belongs to its people.
      /* eslint-disable no-restricted-syntax -- the filters a person can combine: pieces written above, no value */
      const { n: total } = statement(`SELECT count(*) AS n FROM person p ${where}`).get(bindings) as { n: number };
      // The second half is walked from its end: no page lies farther in than the middle.
      const isFromEnd = input.offset * 2 > total;
      const limit = Math.max(0, Math.min(input.limit, total - input.offset));
      const offset = isFromEnd ? total - input.offset - limit : input.offset;
      const ordered = order[input.sort][input.descending === isFromEnd ? 0 : 1];
      const found = statement(
        `WITH page AS MATERIALIZED (SELECT p.rowid FROM person p ${where} ${ordered} LIMIT @limit OFFSET @offset)
         SELECT p.id, p.station, s.name AS stationName, v.facts FROM page CROSS JOIN person p ON p.rowid = page.rowid
         CROSS JOIN person_version v ON v.stream = p.stream AND v.seq = p.seq LEFT JOIN site s ON s.code = p.station
         ${ordered}`,
      ).all({ ...bindings, limit, offset }) as Found[];
      /* eslint-enable no-restricted-syntax */
      const rows = found.map(toRow);
      return { total, rows: isFromEnd ? rows.reverse() : rows };
    },
    posts: (): string[] => posts.all().map(({ post }) => post),
    counts() {
      // Whoever the bureau found to have two files is one person.
      const less = surplus().map(({ qualified, ...file }) => ({ ...file, count: -1, qualified: -qualified }));
      const rows = [...figures.all(), ...less];
      const sum = (of: typeof rows, what: 'count' | 'qualified' = 'count'): number =>
        of.reduce((total, row) => total + row[what], 0);
      const active = rows.filter(({ status }) => activeStatuses.some((one) => one === status));
      const onDuty = rows.filter(({ status }) => status === 'ON_DUTY');
      const kinds = [...new Set(active.map(({ identityKind }) => identityKind))];
      return {
        active: sum(active),
        onDuty: sum(onDuty),
        left: sum(rows) - sum(active),
        qualifiedOnDuty: sum(onDuty, 'qualified'),
        byIdentity: kinds.map((identityKind) => ({
          identityKind,
          count: sum(active.filter((row) => row.identityKind === identityKind)),
        })),
      };
    },
  };
}

function toRow({ id, station, stationName, facts }: Found): PersonRow {
  // As the projection wrote it from a checked entry.
  const person = JSON.parse(facts) as PersonFacts;
  const { name, sex, birthDate, residentId, identityKind, unit, post, grade, rank, badgeNo } = person;
  const { qualificationLevel, postStart, phone, status } = person;
  return {
    ...{ id, station, stationName, name, sex, birthDate, identityKind, unit, post, grade, rank, badgeNo },
    ...{ qualificationLevel, postStart, phone, status },
    maskedResidentId: residentId === null ? null : maskResidentId(residentId),
  };
}
