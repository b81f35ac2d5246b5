/** Words in pinyin and English that stand in most passwords typed at a Chinese keyboard, and in a police station's. */
const WORDS = `
  woaini woaiwo wodemima mima mimashi woshishui woaizhongguo zhongguo zhonghua beijing shanghai tiananmen xinnian
  nihao nimenhao dajiahao haha hehe heihei xixi meimei gege jiejie didi laopo laogong baobao baobei baba mama erzi
  nver qinai aini aiwo aiqing yongyuan pingan jixiang fafa facai gongxifacai xingfu kuaile shengri wuyi guoqing
  gongan gonganju jingcha minjing fujing xiejing paichusuo suozhang fusuozhang jiaodaoyuan zhidaoyuan neiqin
  huji zhian xingjing jiaojing xunjing tejing jingwu jinghao jingwang gonganwang jiwei zhengzhi renmin fuwu
  renminjingcha weirenminfuwu zhongcheng lijing duiwu taizhang ceshi guanliyuan guanli xitong yonghu denglu
  diannao bangong bangongshi zhihui zhihuizhongxin
  password passw0rd p@ssword p@ssw0rd pass pwd admin administrator root user guest test demo system server login
  welcome hello love loveyou iloveyou iloveu forever angel dragon monkey master super superman football sunshine
  princess shadow michael jordan qq wechat weixin taobao alipay baidu huawei xiaomi apple windows office police
  china abc abcd abcde abcdef aaa aa a q w x z xx zz
`
  .trim()
  .split(/\s+/);

/** The surnames most people have, in pinyin. */
const SURNAMES = `
  wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
  han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren yao shen shi fan hao
`
  .trim()
  .split(/\s+/);

/** Numbers that mean something to everybody: 520 (I love you), 1314 (for life), 110, lucky and unlucky ones. */
const NUMBERS = '520 521 5201314 1314 1314520 110 119 120 122 12389 12345 666 888 999 168 518 988 007 404 233';
const KNOWN = new Set([...WORDS, ...SURNAMES]);
const KNOWN_NUMBERS = new Set(NUMBERS.split(' '));

/** Rows of the keyboard; a key's neighbours are beside, above and below it. */
const ROWS = ['`1234567890-=', 'qwertyuiop[]\\', "asdfghjkl;'", 'zxcvbnm,./'] as const;
const PLAIN = "`1234567890-=[]\\;',./";
const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';

/** Parts of a password that may all be known before it counts as a sentence of one's own. */
const MOST_PARTS = 3;

/** Whether a password, in lower case, is one of those that are tried first. */
export function isCommonPassword(plain: string): boolean {
  if (/^\d{1,19}$/.test(plain) || new Set(plain).size <= 3 || isRepeated(plain)) return true;
  if (isRun(plain) || isWalk(plain)) return true;
  const parts = unmasked(plain).match(/\p{L}+|\p{N}+/gu) ?? [];
  return parts.length <= MOST_PARTS && parts.every(isKnownPart);
}

/** Letters for the digits and signs that stand for them inside a word: passw0rd. */
const unmasked = (plain: string): string => plain.replace(/(?<=[a-z])[@013$](?=[a-z])/g, (sign) => MASKS[sign] ?? sign);
const MASKS: Readonly<Record<string, string>> = { '@': 'a', '0': 'o', '1': 'l', '3': 'e', $: 's' };

function isKnownPart(part: string): boolean {
  if (/^\p{N}+$/u.test(part)) return isKnownNumber(part);
  return /^[a-z]{1,3}$/.test(part) || isWalk(part) || isRepeated(part) || splits(part, 2);
}

/** Whether letters are so many known words in a row. */
const splits = (letters: string, words: number): boolean =>
  KNOWN.has(letters) ||
  (words > 1 &&
    Array.from(letters, (_letter, at) => at).some(
      (at) => KNOWN.has(letters.slice(0, at)) && splits(letters.slice(at), words - 1),
    ));

/** A number of few digits, a known one, a day or a month of somebody's life, a telephone number. */
const isKnownNumber = (digits: string): boolean =>
  digits.length <= 4 ||
  KNOWN_NUMBERS.has(digits) ||
  isRun(digits) ||
  isRepeated(digits) ||
  isWalk(digits) ||
  /^(19|20)?\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])?$/.test(digits) ||
  /^1[3-9]\d{9}$/.test(digits);

/** A few characters over and over: abcabcabca, 1101101101. */
const isRepeated = (plain: string): boolean => /^(.{1,5})\1+.{0,4}$/su.test(plain);

/** Each character the next or the former of the one before, 0 after 9: 7890123456, zyxwvutsrq. */
function isRun(plain: string): boolean {
  const codes = [...plain].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => stepOf(code - (codes[at] ?? 0)));
  return steps.length > 1 && steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}
const stepOf = (difference: number): number => (Math.abs(difference) === 9 ? -Math.sign(difference) : difference);

/** A walk over the keyboard: at least three of four steps go to a key beside the one before. */
function isWalk(plain: string): boolean {
  const places = [...plain].map(placeOf);
  const steps = places.slice(1).filter((place, at) => isBeside(place, places[at] ?? null)).length;
  return places.length >= 4 && steps >= (places.length - 1) * 0.75;
}

type Place = { readonly row: number; readonly column: number } | null;

function placeOf(key: string): Place {
  const plain = SHIFTED.includes(key) ? (PLAIN[SHIFTED.indexOf(key)] ?? key) : key;
  const row = ROWS.findIndex((keys) => keys.includes(plain));
  // The top row begins one key further to the left.
  return row < 0 ? null : { row, column: (ROWS[row]?.indexOf(plain) ?? 0) - (row === 0 ? 1 : 0) };
}

const isBeside = (one: Place, other: Place): boolean =>
  one !== null && other !== null && Math.abs(one.row - other.row) <= 1 && Math.abs(one.column - other.column) <= 1;
