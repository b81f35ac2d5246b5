import { z } from 'zod';

/** One value of a code table: our own stable key, the standard's code, the word on screen, what ledgers write instead. */
export type CodeEntry = {
  readonly key: string;
  /** Code of the standard named at the table; null where there is none. */
  readonly code: string | null;
  readonly label: string;
  readonly synonyms?: readonly string[];
};

/** A closed list of values. Keys are never renumbered or reused; a label is never a key. */
export type CodeTable<K extends string = string> = {
  readonly entries: readonly (CodeEntry & { readonly key: K })[];
  readonly schema: z.ZodEnum<{ [P in K]: P }>;
  readonly labelOf: (key: K) => string;
  /** The standard's code, for exchange with other systems. */
  readonly codeOf: (key: K) => string | null;
  /** Key by label, synonym or code, whatever the spaces and widths; null for what is not in the table. */
  readonly find: (text: string) => K | null;
};

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s()]/g, '')
    .toLowerCase();

export function codeTable<const E extends readonly CodeEntry[]>(entries: E): CodeTable<E[number]['key']> {
  type K = E[number]['key'];
  const list: readonly (CodeEntry & { readonly key: K })[] = entries;
  const byKey = new Map(list.map((entry) => [entry.key, entry]));
  const byText = new Map<string, K>();
  for (const { key, code, label, synonyms = [] } of list)
    for (const text of [label, ...synonyms, code ?? label]) if (!byText.has(plain(text))) byText.set(plain(text), key);
  return {
    entries: list,
    schema: z.enum(list.map(({ key }) => key)),
    labelOf: (key) => byKey.get(key)?.label ?? key,
    codeOf: (key) => byKey.get(key)?.code ?? null,
    find: (text) => byText.get(plain(text)) ?? null,
  };
}

/** 性别, GB/T 2261.1. */
export const sexes = codeTable([
  { key: 'MALE', code: '1', label: '男' },
  { key: 'FEMALE', code: '2', label: '女' },
  { key: 'UNKNOWN', code: '0', label: '未知' },
  { key: 'UNSTATED', code: '9', label: '未说明' },
]);

/** 身份: decides who may be ranked, awarded, counted as qualified. A plain 辅警 stays one until somebody says which kind. */
export const identityKinds = codeTable([
  {
    key: 'CIVIL_SERVANT',
    code: null,
    label: '公务员（民警）',
    synonyms: ['公务员', '民警', '公务员身份', '警察', '人民警察'],
  },
  { key: 'CADRE', code: null, label: '事业干部', synonyms: ['干部', '事业编', '事业编制', '事业人员'] },
  { key: 'WORKER', code: null, label: '工人', synonyms: ['工勤', '工勤人员', '工人身份'] },
  { key: 'INSTITUTION_AUX', code: null, label: '事业编制辅警', synonyms: ['事业辅警'] },
  { key: 'AUX_DUTY', code: null, label: '勤务辅警', synonyms: ['辅警（勤务）'] },
  { key: 'AUX_CLERICAL', code: null, label: '文职辅警', synonyms: ['辅警（文职）', '文职'] },
  { key: 'AUXILIARY', code: null, label: '辅警（未分类）', synonyms: ['辅警', '警务辅助人员', '协警', '协勤'] },
  { key: 'PUBLIC_WELFARE', code: null, label: '公益性岗位', synonyms: ['公益岗', '公益岗位', '公益性人员'] },
  { key: 'SECONDED', code: null, label: '借调', synonyms: ['借调人员', '借用', '借调辅警'] },
]);

/** 警衔, 人民警察警衔条例 art. 7; GA/T 964 gives the standard codes, which are to be filled in from its text. */
export const policeRanks = codeTable([
  { key: 'COMMISSIONER_GENERAL', code: null, label: '总警监' },
  { key: 'DEPUTY_COMMISSIONER_GENERAL', code: null, label: '副总警监' },
  { key: 'COMMISSIONER_1', code: null, label: '一级警监' },
  { key: 'COMMISSIONER_2', code: null, label: '二级警监' },
  { key: 'COMMISSIONER_3', code: null, label: '三级警监' },
  { key: 'SUPERVISOR_1', code: null, label: '一级警督' },
  { key: 'SUPERVISOR_2', code: null, label: '二级警督' },
  { key: 'SUPERVISOR_3', code: null, label: '三级警督' },
  { key: 'SUPERINTENDENT_1', code: null, label: '一级警司' },
  { key: 'SUPERINTENDENT_2', code: null, label: '二级警司' },
  { key: 'SUPERINTENDENT_3', code: null, label: '三级警司' },
  { key: 'CONSTABLE_1', code: null, label: '一级警员' },
  { key: 'CONSTABLE_2', code: null, label: '二级警员' },
]);

/** 职级: 执法勤务警员职务序列 and 综合管理类 (公务员法 art. 19). */
export const grades = codeTable([
  { key: 'POLICE_SPECIALIST_1', code: null, label: '一级警务专员' },
  { key: 'POLICE_SPECIALIST_2', code: null, label: '二级警务专员' },
  { key: 'SENIOR_POLICE_CHIEF_1', code: null, label: '一级高级警长' },
  { key: 'SENIOR_POLICE_CHIEF_2', code: null, label: '二级高级警长' },
  { key: 'SENIOR_POLICE_CHIEF_3', code: null, label: '三级高级警长' },
  { key: 'SENIOR_POLICE_CHIEF_4', code: null, label: '四级高级警长' },
  { key: 'POLICE_CHIEF_1', code: null, label: '一级警长' },
  { key: 'POLICE_CHIEF_2', code: null, label: '二级警长' },
  { key: 'POLICE_CHIEF_3', code: null, label: '三级警长' },
  { key: 'POLICE_CHIEF_4', code: null, label: '四级警长' },
  { key: 'POLICE_OFFICER_1', code: null, label: '一级警员' },
  { key: 'POLICE_OFFICER_2', code: null, label: '二级警员' },
  { key: 'POLICE_OFFICER_3', code: null, label: '三级警员（旧）', synonyms: ['三级警员'] },
  { key: 'COUNSEL_1', code: null, label: '一级巡视员' },
  { key: 'COUNSEL_2', code: null, label: '二级巡视员' },
  { key: 'RESEARCHER_1', code: null, label: '一级调研员' },
  { key: 'RESEARCHER_2', code: null, label: '二级调研员' },
  { key: 'RESEARCHER_3', code: null, label: '三级调研员' },
  { key: 'RESEARCHER_4', code: null, label: '四级调研员' },
  { key: 'SECTION_CHIEF_1', code: null, label: '一级主任科员' },
  { key: 'SECTION_CHIEF_2', code: null, label: '二级主任科员' },
  { key: 'SECTION_CHIEF_3', code: null, label: '三级主任科员' },
  { key: 'SECTION_CHIEF_4', code: null, label: '四级主任科员' },
  { key: 'CLERK_1', code: null, label: '一级科员' },
  { key: 'CLERK_2', code: null, label: '二级科员' },
]);

/** 领导职务层次; 科级 and above are counted from it. */
export const leadershipLevels = codeTable([
  { key: 'DIVISION_HEAD', code: null, label: '正处级', synonyms: ['正处', '县处级正职'] },
  { key: 'DIVISION_DEPUTY', code: null, label: '副处级', synonyms: ['副处', '县处级副职'] },
  { key: 'SECTION_HEAD', code: null, label: '正科级', synonyms: ['正科', '乡科级正职'] },
  { key: 'SECTION_DEPUTY', code: null, label: '副科级', synonyms: ['副科', '乡科级副职'] },
  { key: 'SUBSECTION', code: null, label: '股级', synonyms: ['正股级', '副股级', '股所级'] },
]);

/** 执法资格等级. */
export const qualificationLevels = codeTable([
  { key: 'BASIC', code: null, label: '基本级', synonyms: ['基本级执法资格', '初级', '基本'] },
  { key: 'INTERMEDIATE', code: null, label: '中级', synonyms: ['中级执法资格'] },
  { key: 'ADVANCED', code: null, label: '高级', synonyms: ['高级执法资格'] },
]);

/** 学历, GB/T 4658. */
export const educations = codeTable([
  { key: 'DOCTOR', code: '11', label: '博士研究生', synonyms: ['博士', '博士毕业'] },
  { key: 'MASTER', code: '14', label: '硕士研究生', synonyms: ['硕士', '硕士毕业'] },
  { key: 'POSTGRADUATE', code: '10', label: '研究生', synonyms: ['研究生班', '在职研究生'] },
  { key: 'BACHELOR', code: '20', label: '大学本科', synonyms: ['本科', '大学', '全日制本科', '在职本科', '大本'] },
  { key: 'COLLEGE', code: '30', label: '大学专科', synonyms: ['大专', '专科', '大学专科毕业'] },
  { key: 'VOCATIONAL', code: '40', label: '中等职业教育', synonyms: ['中专', '中职', '职高', '技校', '中技'] },
  { key: 'HIGH_SCHOOL', code: '60', label: '普通高中', synonyms: ['高中'] },
  { key: 'MIDDLE_SCHOOL', code: '70', label: '初级中学', synonyms: ['初中'] },
  { key: 'PRIMARY_SCHOOL', code: '80', label: '小学' },
  { key: 'OTHER', code: '90', label: '其他' },
]);

/** 政治面貌, GB/T 4762. */
export const politicalStatuses = codeTable([
  { key: 'CPC_MEMBER', code: '01', label: '中共党员', synonyms: ['党员', '共产党员'] },
  { key: 'CPC_PROBATIONARY', code: '02', label: '中共预备党员', synonyms: ['预备党员'] },
  { key: 'LEAGUE_MEMBER', code: '03', label: '共青团员', synonyms: ['团员'] },
  { key: 'RCCK', code: '04', label: '民革党员', synonyms: ['民革'] },
  { key: 'CDL', code: '05', label: '民盟盟员', synonyms: ['民盟'] },
  { key: 'CNDCA', code: '06', label: '民建会员', synonyms: ['民建'] },
  { key: 'CAPD', code: '07', label: '民进会员', synonyms: ['民进'] },
  { key: 'CPWDP', code: '08', label: '农工党党员', synonyms: ['农工党'] },
  { key: 'CZGP', code: '09', label: '致公党党员', synonyms: ['致公党'] },
  { key: 'JIUSAN', code: '10', label: '九三学社社员', synonyms: ['九三学社'] },
  { key: 'TDSL', code: '11', label: '台盟盟员', synonyms: ['台盟'] },
  { key: 'NON_PARTY', code: '12', label: '无党派人士', synonyms: ['无党派', '无党派民主人士'] },
  { key: 'MASSES', code: '13', label: '群众' },
]);

/** 人员状态: the first three belong to the strength (在册), the others have left. */
export const personStatuses = codeTable([
  { key: 'ON_DUTY', code: null, label: '在岗', synonyms: ['在职', '正常'] },
  { key: 'SECONDED', code: null, label: '借出', synonyms: ['借调', '借用', '抽调'] },
  { key: 'OFF_POST', code: null, label: '离岗', synonyms: ['长期病休', '病休', '待岗', '内退', '停职'] },
  { key: 'TRANSFERRED', code: null, label: '调出', synonyms: ['调离', '调走'] },
  { key: 'RETIRED', code: null, label: '退休', synonyms: ['已退休'] },
  { key: 'RESIGNED', code: null, label: '离职', synonyms: ['辞职', '辞退', '解聘', '离队'] },
]);
