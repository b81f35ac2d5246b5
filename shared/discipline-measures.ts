import { codeTable } from './code-tables.ts';

/** What a station decides itself (公务员法 art. 57, 监督执纪第一种形态). */
export const stationMeasures = codeTable([
  { key: 'TALK', code: null, label: '谈话提醒', synonyms: ['提醒谈话', '谈话', '警示谈话'] },
  { key: 'CRITICISM', code: null, label: '批评教育', synonyms: ['批评', '口头批评'] },
  {
    key: 'INSPECTION',
    code: null,
    label: '责令检查',
    synonyms: ['责令书面检查', '书面检查', '责令作出检查', '作检查'],
  },
  { key: 'NOT_ESTABLISHED', code: null, label: '不予认定', synonyms: ['不成立', '查否', '查无实据'] },
]);
export type StationMeasure = (typeof stationMeasures)['entries'][number]['key'];

/** What only the bureau decides: the appointing organ, its inspectors and its party organs. */
export const bureauMeasures = codeTable([
  { key: 'ADMONITION', code: null, label: '诫勉', synonyms: ['诫勉谈话'] },
  { key: 'SUSPENSION', code: null, label: '停止执行职务', synonyms: ['停职'] },
  { key: 'CONFINEMENT', code: null, label: '禁闭' },
  { key: 'ORGANISATIONAL', code: null, label: '组织处理', synonyms: ['组织调整', '调离岗位', '免职'] },
  { key: 'WARNING', code: null, label: '警告', synonyms: ['政务警告', '行政警告'] },
  { key: 'DEMERIT', code: null, label: '记过', synonyms: ['政务记过', '行政记过'] },
  { key: 'MAJOR_DEMERIT', code: null, label: '记大过', synonyms: ['政务记大过', '行政记大过'] },
  { key: 'DOWNGRADE', code: null, label: '降级', synonyms: ['政务降级'] },
  { key: 'REMOVAL', code: null, label: '撤职', synonyms: ['政务撤职'] },
  { key: 'DISMISSAL', code: null, label: '开除', synonyms: ['开除公职'] },
  { key: 'PARTY_WARNING', code: null, label: '党内警告' },
  { key: 'PARTY_SERIOUS_WARNING', code: null, label: '党内严重警告', synonyms: ['严重警告'] },
  { key: 'PARTY_REMOVAL', code: null, label: '撤销党内职务' },
  { key: 'PARTY_PROBATION', code: null, label: '留党察看' },
  { key: 'PARTY_EXPULSION', code: null, label: '开除党籍' },
  { key: 'TOLERANCE', code: null, label: '容错免责', synonyms: ['免责', '容错'] },
  { key: 'NOT_ESTABLISHED', code: null, label: '不予认定' },
  { key: 'TRANSFER', code: null, label: '移送', synonyms: ['移送纪委监委', '移送司法机关'] },
]);
export type BureauMeasure = (typeof bureauMeasures)['entries'][number]['key'];
export type Measure = StationMeasure | BureauMeasure;

/** How long a measure weighs on a person, and how he may contest it. */
export type MeasureRule = {
  /** Periods of one track join on to each other; different tracks run side by side. */
  readonly track: 'sanction' | 'party' | 'admonition' | null;
  /** Length of the period (影响期) in months; null when the decision itself must say it. */
  readonly months?: number | null;
  /** First and last number of days the decision may say. */
  readonly days?: readonly [number, number];
  /** 公务员法 art. 95: review and appeal; 督察条例 art. 14: appeal to the next higher organ; party rules: no term. */
  readonly appeal: 'civil-service' | 'supervision' | 'party' | null;
};

const rules = {
  TALK: { track: null, appeal: null },
  CRITICISM: { track: null, appeal: null },
  INSPECTION: { track: null, appeal: null },
  NOT_ESTABLISHED: { track: null, appeal: null },
  TOLERANCE: { track: null, appeal: null },
  TRANSFER: { track: null, appeal: null },
  ORGANISATIONAL: { track: null, appeal: 'civil-service' },
  // 关于组织处理: effect of six months; domain default.
  ADMONITION: { track: 'admonition', months: 6, appeal: null },
  // 公安机关督察条例 art. 12.
  SUSPENSION: { track: null, days: [10, 60], appeal: 'supervision' },
  CONFINEMENT: { track: null, days: [1, 7], appeal: 'supervision' },
  // 公职人员政务处分法 art. 8.
  WARNING: { track: 'sanction', months: 6, appeal: 'civil-service' },
  DEMERIT: { track: 'sanction', months: 12, appeal: 'civil-service' },
  MAJOR_DEMERIT: { track: 'sanction', months: 18, appeal: 'civil-service' },
  DOWNGRADE: { track: 'sanction', months: 24, appeal: 'civil-service' },
  REMOVAL: { track: 'sanction', months: 24, appeal: 'civil-service' },
  DISMISSAL: { track: null, appeal: 'civil-service' },
  // 中国共产党纪律处分条例: effect periods; 留党察看 is for one year or two.
  PARTY_WARNING: { track: 'party', months: 12, appeal: 'party' },
  PARTY_SERIOUS_WARNING: { track: 'party', months: 18, appeal: 'party' },
  PARTY_REMOVAL: { track: 'party', months: 24, appeal: 'party' },
  PARTY_PROBATION: { track: 'party', months: null, appeal: 'party' },
  PARTY_EXPULSION: { track: null, appeal: 'party' },
} as const satisfies Record<Measure, MeasureRule>;

export const measureRule = (measure: Measure): MeasureRule => rules[measure];

export const measureLabel = (measure: Measure): string =>
  // A measure is in the one table or in the other; each answers with the key for what it does not hold.
  measure in stationKeys
    ? stationMeasures.labelOf(measure as StationMeasure)
    : bureauMeasures.labelOf(measure as BureauMeasure);

const stationKeys = Object.fromEntries(stationMeasures.entries.map(({ key }) => [key, true]));
