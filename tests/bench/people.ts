import { randomUUID } from 'node:crypto';
import { pinyin } from 'pinyin-pro';
import { PersonFacts } from '../../shared/person.ts';
import type { PersonRecorded } from '../../shared/roster.ts';

const SURNAMES = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜');
const GIVEN = Array.from('建军志强丽萍晓峰永红彩霞文斌俊杰雨桐子轩守义宏伟慧娟国栋振华浩然明亮小龙');
const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? '';

/** An invented person, the same for the same number; the identity number is left out. */
export function aPerson(n: number): PersonRecorded {
  const name = pick(SURNAMES, n * 7) + pick(GIVEN, n * 13) + pick(GIVEN, Math.floor(n / 31) * 11);
  const facts = PersonFacts.parse({
    name,
    namePinyin: pinyin(name, { toneType: 'none', surname: 'head', v: true }).replaceAll('ü', 'v').toLowerCase(),
    sex: n % 5 === 0 ? 'FEMALE' : 'MALE',
    nation: null,
    birthDate: `${1966 + (n % 38)}-${String(1 + (n % 12)).padStart(2, '0')}`,
    residentId: null,
    education: null,
    politicalStatus: null,
    workStart: null,
    policeStart: null,
    identityKind: 'CIVIL_SERVANT',
    enrolled: true,
    ranked: false,
    veteran: false,
    secondedTo: null,
    post: pick(['民警', '社区民警', '内勤', '案件民警'], n),
    leadershipLevel: null,
    grade: null,
    rank: null,
    badgeNo: String(600_000 + n),
    qualificationLevel: null,
    qualificationNo: null,
    qualificationExpiry: null,
    postStart: '2020-03',
    phone: '13900000000',
    unit: '案件办理队',
    remarks: null,
    status: 'ON_DUTY',
  });
  return { person: { id: randomUUID(), version: 1, ...facts }, change: 'imported', reason: null, effectiveOn: null };
}
