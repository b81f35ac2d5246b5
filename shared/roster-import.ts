import type { FieldSpec } from './ledger-import.ts';

/** The columns of a roster (花名册) as stations head them. */
export const rosterFields = [
  { field: 'name', label: '姓名', headings: ['名字', '人员姓名', '民警姓名'], required: true },
  { field: 'sex', label: '性别', headings: [] },
  { field: 'nation', label: '民族', headings: [] },
  { field: 'birthDate', label: '出生年月', headings: ['出生日期', '出生时间', '出生年月日', '生日'] },
  {
    field: 'residentId',
    label: '身份证号',
    headings: ['公民身份号码', '公民身份证号', '身份证号码', '身份证', '身份号码', '证件号码'],
  },
  { field: 'education', label: '文化程度', headings: ['学历', '最高学历'] },
  { field: 'politicalStatus', label: '政治面貌', headings: ['党派'] },
  { field: 'workStart', label: '参加工作时间', headings: ['工作时间', '参工时间', '参加工作日期'] },
  {
    field: 'policeStart',
    label: '入警时间',
    headings: ['入警（工作）时间', '从警时间', '参加公安工作时间', '录警时间'],
  },
  { field: 'identityKind', label: '身份', headings: ['人员类别', '人员身份', '人员性质', '身份类别'], required: true },
  { field: 'post', label: '职务', headings: ['岗位', '现任职务', '工作岗位', '职务（岗位）'] },
  { field: 'leadershipLevel', label: '领导职务层次', headings: ['职务层次', '级别'] },
  { field: 'grade', label: '职级', headings: ['现任职级', '警员职级'] },
  { field: 'rank', label: '警衔', headings: ['现警衔', '警衔等级'] },
  { field: 'badgeNo', label: '警号', headings: ['警员编号', '工号', '警员号'] },
  { field: 'qualificationLevel', label: '执法资格', headings: ['执法资格等级', '执法等级', '执法资格级别'] },
  { field: 'postStart', label: '现岗位起始时间', headings: ['任现职时间', '任现岗时间', '到岗时间'] },
  { field: 'phone', label: '联系电话', headings: ['手机', '手机号', '手机号码', '电话', '联系方式'] },
  { field: 'unit', label: '单位', headings: ['所在单位', '工作单位', '部门', '所属中队'] },
  { field: 'veteran', label: '退役军人', headings: ['是否退伍军人', '退伍军人', '是否退役军人', '复转军人'] },
  { field: 'remarks', label: '备注', headings: ['说明'] },
] as const satisfies readonly FieldSpec[];
export type RosterField = (typeof rosterFields)[number]['field'];
