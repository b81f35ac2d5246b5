import type { FieldSpec } from './ledger-import.ts';

/** The columns of a training ledger (训练台账) as stations head them: one row is one session. */
export const trainingFields = [
  {
    field: 'heldOn',
    label: '训练日期',
    headings: ['日期', '时间', '培训日期', '训练时间', '培训时间'],
    required: true,
  },
  {
    field: 'course',
    label: '训练内容',
    headings: ['内容', '培训内容', '课程', '训练科目', '科目', '主题'],
    required: true,
  },
  { field: 'kind', label: '训练类别', headings: ['类别', '培训类别', '训练类型'] },
  { field: 'method', label: '方式', headings: ['训练方式', '培训方式', '形式'] },
  { field: 'instructor', label: '授课人', headings: ['教官', '主讲人', '授课教官', '教员', '组训人'] },
  { field: 'place', label: '地点', headings: ['训练地点', '培训地点'] },
  { field: 'hours', label: '学时', headings: ['课时', '训练学时', '时长', '学时数'], required: true },
  { field: 'expected', label: '应到', headings: ['应到人数', '应参训'] },
  { field: 'present', label: '实到', headings: ['实到人数', '实参训'] },
  { field: 'attendees', label: '参训人员', headings: ['参加人员', '参训民警', '到训人员', '人员'], required: true },
  { field: 'absentees', label: '缺勤人员及原因', headings: ['缺勤人员', '请假人员', '未到人员', '缺席人员及原因'] },
  { field: 'results', label: '考核情况', headings: ['考核', '考核结果', '成绩', '考试成绩'] },
  { field: 'remarks', label: '备注', headings: ['说明'] },
] as const satisfies readonly FieldSpec[];
export type TrainingField = (typeof trainingFields)[number]['field'];
