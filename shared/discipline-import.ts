import type { FieldSpec } from './ledger-import.ts';

/** The columns of a discipline ledger (监督执纪台账): one row is one incident. */
export const disciplineFields = [
  { field: 'number', label: '编号', headings: ['序号', '线索编号', '案件编号'] },
  { field: 'foundOn', label: '发现时间', headings: ['发现日期', '受理时间', '登记时间', '日期'], required: true },
  { field: 'source', label: '来源', headings: ['线索来源', '问题来源'] },
  { field: 'people', label: '当事人', headings: ['涉及人员', '被反映人', '违纪人员', '姓名'], required: true },
  { field: 'category', label: '问题类别', headings: ['违纪类别', '类别', '问题类型', '违纪行为'], required: true },
  { field: 'facts', label: '主要事实', headings: ['问题描述', '违纪事实', '基本情况', '事实'], required: true },
  { field: 'verifiers', label: '核查人', headings: ['核查人员', '承办人', '调查人'] },
  { field: 'dueOn', label: '核查期限', headings: ['办理期限', '期限', '核查时限'] },
  { field: 'measure', label: '处理意见', headings: ['处理结果', '处理情况', '处理方式', '处理'] },
  { field: 'decidedOn', label: '处理时间', headings: ['处理日期', '办结时间'] },
  { field: 'stage', label: '状态', headings: ['办理状态', '办理情况', '进展'] },
] as const satisfies readonly FieldSpec[];
export type DisciplineField = (typeof disciplineFields)[number]['field'];
