/** What the operating system's dialogs say; the page's own words are in renderer/locales. */
export const shellTexts = {
  app: '砺警',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  saveTo: '保存到',
  kinds: {
    xlsx: '表格',
    csv: '表格',
    docx: '文档',
    lijing: '砺警数据包',
    lijingzd: '砺警诊断包',
    jpg: '图片或扫描件',
    pdf: 'PDF 文件',
    txt: '密钥文件',
  } as Readonly<Record<string, string>>,
  anyKind: '文件',
  print: { secret: '工作秘密，含个人信息，注意保管', printed: '打印' },
  coreEnded: {
    message: '数据服务意外停止',
    detail:
      '已经保存的内容不受影响，正在办理的一项可能没有保存。请重新启动数据服务并登录后核对；若反复出现，请退出并联系系统管理员。',
    restart: '重新启动',
    quit: '退出',
  },
} as const;
