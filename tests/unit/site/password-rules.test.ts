import { describe, expect, it } from 'vitest';
import { commonWords } from '../../../shared/common-words.ts';
import { passwordProblem } from '../../../shared/password-rules.ts';

const LOGIN = '619804';
const about = ['wang jian jun', '619804', '1990-05-12', '110101199005120017', '13912345678'];
const problem = (password: string) => passwordProblem(password, LOGIN, about);

describe('a password everybody tries first', () => {
  it.each([
    ...[
      '1234567890',
      '7890123456',
      '0987654321',
      '1111111111',
      '13800138000',
      '19900512199',
      '20261124000',
      '19870312abcd',
    ],
    ...['qwertyuiop', '1qaz2wsx3edc', '!QAZ2wsx#EDC', 'zxcvbnm,./', 'q1w2e3r4t5', 'poiuytrewq'],
    ...['woaini1314', 'woaini5201314', 'zhongguo2026', 'aini520520', 'mima123456', 'mimamima88'],
    ...['gonganju110', 'paichusuo119', 'jingcha@110', 'minjing2026', 'renminjingcha', 'weirenminfuwu1949'],
    ...['wang123456', 'zhangli888', 'lihao12345', 'Liu.19850101', 'wjj19900512'],
    ...['password12', 'P@ssw0rd2026', 'admin@12345', 'iloveyou520', 'abcd.123456', 'qq123456789'],
    ...['woaizhongguo', 'woaini.521', 'xinniankuaile888', 'gongxifacai666', 'fafafa168168', 'shengrikuaile'],
    ...['wangzherongyao', 'yuanshen2026', 'chengdu028028', 'chongqing110', 'xiongmao1314'],
    ...['wangjianguo', 'lizhiqiang88', 'zhangxiaoming', 'liuyang520520', 'haoran2008', 'jianguo1949'],
    ...['suozhang123', 'jiaodaoyuan1', 'paichusuozhang', 'gongan619804', 'jinghao619804', 'jh619804jh', 'xingjing007'],
    ...['baojing110', 'policeman110', 'police.110110', '110jingcha119', 'duizhang@2026', 'gonganwang123'],
    ...['wang13912345', 'mima138001380', '1380013mima', 'li.15912345678', 'jingcha13800138000'],
    ...['letmein2026', 'dragon123456', 'trustno1888', 'football2026', 'drowssap2026', 'Pa55word2026', 'adm1n12345'],
    ...['liverpool88', 'iloveyoujack', 'helloworld1', 'superman!!!!', 'changeme2026'],
    ...['中国中国123456', '我爱你5201314', '公安局派出所1110', '人民警察88888888', '为人民服务19491001'],
    ...['abcabcabcabc', '110110110110', 'asdasdasdasd'],
  ])('%s is too common', (password) => {
    expect(passwordProblem(password, 'minjing88')).toBe('site.password-too-common');
  });
});

describe('a password made of what is known of its owner', () => {
  it.each([
    ...['wangjianjun900512', 'jianjun#13912345678', 'Wangjianjun!!', 'jianjun0512a'],
    ...['wjj.19900512.a', '12345678wjj!!z', '900512jianjun'],
    ...['120017jianjun', 'JianJun-5678', '生日19900512!!'],
  ])('%s is little more than that', (password) => {
    expect(problem(password)).toMatch(/password-(about-person|too-common)/);
  });

  it('is refused with the badge number in it, as the login name that it is', () => {
    expect(problem('hemuchun619804xx')).toBe('site.password-contains-login');
  });
});

describe('a sentence of one’s own', () => {
  it.each([
    ...[
      'jintiantianqizhenhao',
      '青山派出所-2026',
      '老槐树下三只猫打架啦',
      'heping-lu-xiatian-yu',
      'correct horse battery',
    ],
    ...[
      'mentouyouliangkehuaishu',
      '三轮车上坡要人在后推',
      'kiwi-trombone-37-fog',
      'lao huaishu xia de yizi',
      '值夜班爱喝酽茶-两壶',
    ],
    ...['Dsx7!kqm2Vt', 'wangjianjunaichihongshaorou', 'xiatiandeyu1998feichangda', '120017 在龙沟看见白鹭三只'],
  ])('%s is taken', (password) => {
    expect(problem(password)).toBeNull();
  });
});

it('a password that is too short says so before anything else', () => {
  expect(problem('woaini520')).toBe('site.password-too-short');
  expect(problem('派出所公安局九个字')).toBe('site.password-too-short');
});

it('the words that are looked for are more than three thousand, each once', () => {
  expect(commonWords.size).toBeGreaterThan(3_000);
  expect([...commonWords].filter((word) => word !== word.toLowerCase() || /\s/.test(word))).toEqual([]);
});
