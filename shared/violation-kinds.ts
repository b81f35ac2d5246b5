import { codeTable } from './code-tables.ts';

/**
 * Groups of violations (违纪类别). The first six follow 公职人员政务处分法 art. 28-40, the last two 人民警察法 art. 22 and
 * 公安机关督察条例 art. 11. Keys are never renumbered.
 */
export const violationGroups = codeTable([
  { key: 'POLITICAL', code: null, label: '政治纪律' },
  { key: 'ORGANISATION', code: null, label: '组织人事纪律', synonyms: ['组织纪律', '人事纪律'] },
  { key: 'INTEGRITY', code: null, label: '廉洁纪律', synonyms: ['廉政'] },
  { key: 'MASSES', code: null, label: '群众纪律', synonyms: ['服务态度'] },
  { key: 'DUTY', code: null, label: '工作纪律' },
  { key: 'ENFORCEMENT', code: null, label: '执法执勤', synonyms: ['执法问题'] },
  { key: 'INTERNAL', code: null, label: '内务与考勤', synonyms: ['作风纪律', '队容风纪'] },
  { key: 'LIFE', code: null, label: '生活纪律' },
]);
export type ViolationGroup = (typeof violationGroups)['entries'][number]['key'];

/** Acts (违纪行为) by group: the part of the key before the point names it. Synonyms are the ledgers' own words. */
export const violationActs = codeTable([
  { key: 'POLITICAL.SPEECH', code: null, label: '发表不当言论' },
  { key: 'POLITICAL.OTHER', code: null, label: '其他违反政治纪律行为' },
  { key: 'ORGANISATION.NOT_REPORTED', code: null, label: '不按规定请示报告', synonyms: ['不请示', '隐瞒不报'] },
  { key: 'ORGANISATION.FALSE_FILE', code: null, label: '篡改、伪造人事档案', synonyms: ['篡改档案'] },
  { key: 'ORGANISATION.FALSE_HONOUR', code: null, label: '弄虚作假骗取荣誉' },
  {
    key: 'ORGANISATION.REFUSED_POSTING',
    code: null,
    label: '拒不执行交流决定',
    synonyms: ['不服从调动', '不服从安排'],
  },
  { key: 'ORGANISATION.OTHER', code: null, label: '其他违反组织人事纪律行为' },
  { key: 'INTEGRITY.BRIBE', code: null, label: '贪污贿赂', synonyms: ['索贿受贿', '受贿', '索贿', '收受贿赂'] },
  { key: 'INTEGRITY.GIFT', code: null, label: '收受礼品礼金', synonyms: ['收受礼金', '收受红包'] },
  { key: 'INTEGRITY.BANQUET', code: null, label: '违规宴请', synonyms: ['违规吃请', '接受宴请'] },
  { key: 'INTEGRITY.BUSINESS', code: null, label: '违规从事营利活动', synonyms: ['经商办企业', '违规经商'] },
  { key: 'INTEGRITY.OTHER', code: null, label: '其他违反廉洁纪律行为' },
  { key: 'MASSES.EXTORTION', code: null, label: '吃拿卡要', synonyms: ['刁难群众'] },
  { key: 'MASSES.FEES', code: null, label: '乱收费', synonyms: ['乱罚款', '乱摊派'] },
  {
    key: 'MASSES.RUDE',
    code: null,
    label: '态度恶劣、语言粗暴',
    synonyms: ['语言粗暴', '态度粗暴', '态度恶劣', '态度生硬', '态度蛮横', '冷硬横推', '服务态度差'],
  },
  { key: 'MASSES.OTHER', code: null, label: '其他违反群众纪律行为' },
  { key: 'DUTY.INACTION', code: null, label: '不作为', synonyms: ['慢作为', '懒政', '推诿扯皮', '不履职', '消极怠工'] },
  { key: 'DUTY.NEGLECT', code: null, label: '玩忽职守', synonyms: ['失职', '失职渎职'] },
  { key: 'DUTY.FALSE', code: null, label: '工作弄虚作假', synonyms: ['弄虚作假', '虚报瞒报'] },
  { key: 'DUTY.LEAK', code: null, label: '失密泄密', synonyms: ['失泄密', '泄密', '一机两用', '违规外联'] },
  { key: 'DUTY.OTHER', code: null, label: '其他违反工作纪律行为' },
  {
    key: 'ENFORCEMENT.TORTURE',
    code: null,
    label: '刑讯逼供、体罚虐待',
    synonyms: ['刑讯逼供', '体罚虐待', '殴打他人'],
  },
  { key: 'ENFORCEMENT.SEARCH', code: null, label: '违法搜查、限制人身自由', synonyms: ['违法搜查', '非法拘禁'] },
  { key: 'ENFORCEMENT.TIP_OFF', code: null, label: '通风报信', synonyms: ['跑风漏气'] },
  { key: 'ENFORCEMENT.RELEASED', code: null, label: '私放人员', synonyms: ['私放'] },
  {
    key: 'ENFORCEMENT.FAVOUR',
    code: null,
    label: '人情案、干预办案',
    synonyms: ['人情案', '关系案', '金钱案', '干预案件', '不正当干预案件', '说情打招呼', '过问案件'],
  },
  {
    key: 'ENFORCEMENT.NOT_FILED',
    code: null,
    label: '有案不立、压案不查',
    synonyms: ['有案不立', '压案不查', '不如实立案'],
  },
  {
    key: 'ENFORCEMENT.IRREGULAR',
    code: null,
    label: '执法不规范',
    synonyms: ['执法不规范行为', '程序不规范', '执法过错', '执法瑕疵'],
  },
  { key: 'ENFORCEMENT.OTHER', code: null, label: '其他执法执勤问题' },
  { key: 'INTERNAL.ABSENT', code: null, label: '旷工', synonyms: ['无故缺勤', '缺勤'] },
  { key: 'INTERNAL.LATE', code: null, label: '迟到早退', synonyms: ['迟来早退', '迟到', '早退', '点名未到'] },
  {
    key: 'INTERNAL.OFF_POST',
    code: null,
    label: '脱岗离岗',
    synonyms: ['请假脱岗', '脱岗', '离岗', '在职不在岗', '擅离职守', '值班脱岗', '不假外出'],
  },
  {
    key: 'INTERNAL.APPEARANCE',
    code: null,
    label: '警容风纪不合规定',
    synonyms: ['警容风纪', '警容不整', '着装不规范'],
  },
  { key: 'INTERNAL.HOUSEKEEPING', code: null, label: '内务管理不合规定', synonyms: ['内务管理', '内务', '内务卫生'] },
  {
    key: 'INTERNAL.GUN_CAR',
    code: null,
    label: '违规使用枪支、警车',
    synonyms: ['违规用枪', '违规用车', '公车私用', '枪支管理'],
  },
  { key: 'INTERNAL.DRINK', code: null, label: '违反禁酒规定', synonyms: ['违反禁酒令', '工作时间饮酒', '值班饮酒'] },
  { key: 'INTERNAL.OTHER', code: null, label: '其他内务考勤问题' },
  { key: 'LIFE.GAMBLING', code: null, label: '赌博', synonyms: ['打牌赌博', '打麻将'] },
  { key: 'LIFE.DRUNK_DRIVING', code: null, label: '酒后驾驶', synonyms: ['酒驾', '醉驾'] },
  { key: 'LIFE.DOMESTIC', code: null, label: '家庭暴力', synonyms: ['家暴'] },
  { key: 'LIFE.OTHER', code: null, label: '其他违反生活纪律行为' },
]);
export type ViolationAct = (typeof violationActs)['entries'][number]['key'];

// Every key is written as GROUP.ACT above, which the type of split() cannot say.
export const groupOf = (act: ViolationAct): ViolationGroup => act.split('.')[0] as ViolationGroup;

/** `内务与考勤 · 迟到早退`. */
export const violationLabel = (act: ViolationAct): string =>
  `${violationGroups.labelOf(groupOf(act))} · ${violationActs.labelOf(act)}`;

/** The acts of one group, in the table's order. */
export const actsOf = (group: ViolationGroup): readonly (typeof violationActs)['entries'][number][] =>
  violationActs.entries.filter(({ key }) => groupOf(key) === group);
