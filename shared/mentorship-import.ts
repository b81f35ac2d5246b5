import type { FieldSpec } from './ledger-import.ts';

/** The columns of a list of pairs (师徒结对名单). */
export const mentorshipFields = [
  { field: 'mentor', label: '师父', headings: ['师傅', '导师', '带教人', '师父姓名', '带教师父'], required: true },
  { field: 'mentorBadgeNo', label: '警号', headings: ['师父警号', '警员编号'] },
  { field: 'apprentice', label: '徒弟', headings: ['徒弟姓名', '被带教人', '学员'], required: true },
  { field: 'identity', label: '身份', headings: ['徒弟身份', '人员类别'] },
  { field: 'startsOn', label: '结对时间', headings: ['开始时间', '起始时间', '结对日期'], required: true },
  { field: 'endsOn', label: '期满时间', headings: ['结束时间', '截止时间', '到期时间', '期满日期'] },
  { field: 'remarks', label: '备注', headings: ['说明'] },
] as const satisfies readonly FieldSpec[];
export type MentorshipField = (typeof mentorshipFields)[number]['field'];
