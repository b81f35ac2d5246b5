import { codeTable } from './code-tables.ts';

/** 训练类别: the four of the 训练条令 (S4), those for auxiliaries, and what stations do of their own. */
export const courseKinds = codeTable([
  { key: 'INDUCTION', code: null, label: '入警训练', synonyms: ['初任训练', '初任培训', '入警培训'] },
  { key: 'PROMOTION', code: null, label: '晋升训练', synonyms: ['晋升培训'] },
  { key: 'SPECIALIST', code: null, label: '专业训练', synonyms: ['专业培训', '业务训练', '业务培训'] },
  { key: 'DEVELOPMENT', code: null, label: '发展训练', synonyms: ['发展培训'] },
  { key: 'COMBAT', code: null, label: '实战训练', synonyms: ['实战练兵', '岗位练兵', '实战'] },
  { key: 'WEEKLY', code: null, label: '每周学习', synonyms: ['周学习', '政治学习', '集中学习'] },
  { key: 'AUX_INDUCTION', code: null, label: '岗前培训', synonyms: ['辅警岗前培训'] },
  { key: 'AUX_YEARLY', code: null, label: '年度培训', synonyms: ['辅警年度培训'] },
]);
export type CourseKind = (typeof courseKinds)['entries'][number]['key'];

/** 能力领域: what a course is to make better. */
export const abilityAreas = codeTable([
  { key: 'ENFORCEMENT', code: null, label: '执法规范化' },
  { key: 'DIGITAL', code: null, label: '信息化应用' },
  { key: 'COMMUNITY', code: null, label: '群众工作' },
  { key: 'COORDINATION', code: null, label: '沟通协调' },
  { key: 'LAW', code: null, label: '法律法规' },
  { key: 'FITNESS', code: null, label: '体能技能' },
  { key: 'NEW_CRIME', code: null, label: '新型犯罪' },
  { key: 'POLITICAL', code: null, label: '思想政治' },
]);
export type AbilityArea = (typeof abilityAreas)['entries'][number]['key'];

/** 训练方式. */
export const trainingMethods = codeTable([
  { key: 'THEORY', code: null, label: '理论', synonyms: ['授课', '理论授课', '讲授'] },
  { key: 'PRACTICE', code: null, label: '实操', synonyms: ['实训', '操作'] },
  { key: 'DRILL', code: null, label: '演练', synonyms: ['推演', '模拟演练'] },
]);
export type TrainingMethod = (typeof trainingMethods)['entries'][number]['key'];

/** 到训情况. */
export const attendanceStates = codeTable([
  { key: 'PRESENT', code: null, label: '到' },
  { key: 'LATE', code: null, label: '迟到' },
  {
    key: 'EXCUSED',
    code: null,
    label: '请假',
    synonyms: ['出警', '值班', '培训', '出差', '公差', '病假', '事假', '休假', '年休假'],
  },
  { key: 'ABSENT', code: null, label: '缺席', synonyms: ['缺勤', '旷课', '无故缺席', '未到'] },
]);
export type AttendanceState = (typeof attendanceStates)['entries'][number]['key'];

/** Those who were there: only they gain hours. */
export const attends = (state: AttendanceState): boolean => state === 'PRESENT' || state === 'LATE';

export type DefaultCourse = {
  readonly code: string;
  readonly name: string;
  readonly kind: CourseKind;
  readonly areas: readonly AbilityArea[];
  readonly method: TrainingMethod;
  readonly hours: number;
};

/** The catalogue every site begins with; the bureau adds to it, codes are never reused. */
export const defaultCourses: readonly DefaultCourse[] = [
  {
    code: 'S01',
    name: '接处警与现场处置实操',
    kind: 'COMBAT',
    areas: ['ENFORCEMENT', 'COMMUNITY'],
    method: 'PRACTICE',
    hours: 4,
  },
  {
    code: 'S02',
    name: '武器警械使用训练',
    kind: 'COMBAT',
    areas: ['FITNESS', 'ENFORCEMENT'],
    method: 'PRACTICE',
    hours: 6,
  },
  { code: 'S03', name: '体能测试', kind: 'COMBAT', areas: ['FITNESS'], method: 'PRACTICE', hours: 2 },
  { code: 'S04', name: '道路交通现场执勤规范', kind: 'COMBAT', areas: ['ENFORCEMENT'], method: 'DRILL', hours: 3 },
  {
    code: 'S05',
    name: '群体性事件处置演练',
    kind: 'COMBAT',
    areas: ['COORDINATION', 'ENFORCEMENT'],
    method: 'DRILL',
    hours: 4,
  },
  {
    code: 'Z01',
    name: '执法规范化建设专题',
    kind: 'SPECIALIST',
    areas: ['ENFORCEMENT', 'LAW'],
    method: 'THEORY',
    hours: 3,
  },
  { code: 'Z02', name: '治安管理处罚法解读', kind: 'SPECIALIST', areas: ['LAW'], method: 'THEORY', hours: 2 },
  {
    code: 'Z03',
    name: '新型网络犯罪案例研判',
    kind: 'SPECIALIST',
    areas: ['NEW_CRIME', 'DIGITAL'],
    method: 'THEORY',
    hours: 3,
  },
  {
    code: 'Z04',
    name: '群众工作与纠纷调解',
    kind: 'SPECIALIST',
    areas: ['COMMUNITY', 'COORDINATION'],
    method: 'THEORY',
    hours: 2,
  },
  { code: 'Z05', name: '警务信息系统应用', kind: 'SPECIALIST', areas: ['DIGITAL'], method: 'PRACTICE', hours: 3 },
  {
    code: 'Z06',
    name: '刑事案件办理程序',
    kind: 'SPECIALIST',
    areas: ['LAW', 'ENFORCEMENT'],
    method: 'THEORY',
    hours: 3,
  },
  { code: 'X01', name: '每周政治理论学习', kind: 'WEEKLY', areas: ['POLITICAL'], method: 'THEORY', hours: 1.5 },
  { code: 'X02', name: '警示教育', kind: 'WEEKLY', areas: ['POLITICAL'], method: 'THEORY', hours: 1.5 },
  {
    code: 'F01',
    name: '辅警岗前培训',
    kind: 'AUX_INDUCTION',
    areas: ['LAW', 'ENFORCEMENT'],
    method: 'THEORY',
    hours: 40,
  },
  { code: 'F02', name: '辅警年度培训', kind: 'AUX_YEARLY', areas: ['LAW', 'FITNESS'], method: 'THEORY', hours: 16 },
];
