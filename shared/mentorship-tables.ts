import { codeTable } from './code-tables.ts';

/** 带教阶段: 跟学 months 1–3, 协办 4–8, 主办 9–12, then 出师考核. */
export const stages = codeTable([
  { key: 'ONBOARD', code: null, label: '跟学', synonyms: ['跟班学习'] },
  { key: 'ASSIST', code: null, label: '协办', synonyms: ['协助办案'] },
  { key: 'LEAD', code: null, label: '主办', synonyms: ['独立办案'] },
]);
export type Stage = (typeof stages)['entries'][number]['key'];

/** 思想素质 and 业务能力, in the abilities a mentor passes on. */
export const mentoredAbilities = codeTable([
  { key: 'CONDUCT', code: null, label: '思想作风' },
  { key: 'ENFORCEMENT', code: null, label: '执法办案' },
  { key: 'COMMUNITY', code: null, label: '群众工作' },
  { key: 'SCENE', code: null, label: '现场处置' },
  { key: 'DIGITAL', code: null, label: '信息化应用' },
]);
export type MentoredAbility = (typeof mentoredAbilities)['entries'][number]['key'];

/** 出师考核的结果. */
export const graduationResults = codeTable([
  { key: 'GRADUATED', code: null, label: '出师' },
  { key: 'PROLONGED', code: null, label: '延期' },
  { key: 'DISSOLVED', code: null, label: '解除' },
]);
export type GraduationResult = (typeof graduationResults)['entries'][number]['key'];

/** What is usually done in a stage; the mentor ticks what was done and adds his own. */
export const stageTasks: Readonly<Record<Stage, readonly string[]>> = {
  ONBOARD: ['熟悉辖区和所内制度', '跟随接处警', '跟随入户走访', '学习执法记录仪使用', '学习文书制作'],
  ASSIST: ['协助制作询问笔录', '协助调解纠纷', '协助办理治安案件', '协助采集录入信息', '参加现场处置演练'],
  LEAD: ['主办治安案件', '独立接处警', '独立调解纠纷', '独立制作全套文书', '为新同志讲一课'],
};
