/**
 * What passwords at a Chinese keyboard, and in a police station, are made of. Our own list, put together by habit:
 * phrases, names and places in pinyin and in characters, words of the service, what the world types in English.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const PHRASES = words(`
  woaini woaiwo woaiwojia woaizhongguo woaiwode woaixuexi woshishui woshini woshiwo wodeai wodemima wodejia wodeshijie
  wohenhao womeng women nishishui nihao nihaoma nimenhao dajiahao zaijian xiexie duibuqi meiguanxi bukeqi haode haoba
  aini aiwo aiqing airen xihuan xihuanni xiangni haoxiangni yongyuan yongyuanaini yiqi yishengyishi yibeizi yixinyiyi
  qinai qinaide baobao baobei baba mama baobaomama yeye nainai waipo waigong gege jiejie didi meimei erzi nver haizi
  laopo laogong laoda laoban laoshi tongxue pengyou haopengyou xiongdi jiemei shuaige meinv xiaojie xiansheng
  haha hehe heihei xixi hahaha hehehe wuwu yeah tiantian tiantianxiangshang jiayou jiayoujiayou nuli fendou chenggong
  pingan pinganshi yishengpingan jiankang kuaile xingfu jixiang ruyi jixiangruyi wanshiruyi shengri shengrikuaile
  xinnian xinniankuaile gongxifacai facai fafa fafafa zhaocai caishen dafu daji haoyun yunqi liuliuliu
  zhongguo zhonghua zhonghuarenmin renmin renminbi zuguo zuguowansui guoqing wuyi chunjie zhongqiu yuandan tiananmen
  mima mimashi wangjimima meiyoumima buzhidao shurumima zhanghao denglu yonghu xitong diannao shouji dianhua wangluo
  mingzi xingming shijie ziyou meng mengxiang weilai xiwang taiyang yueliang xingxing tiankong dahai lantian baiyun
  xuehua huaxiang chuntian xiatian qiutian dongtian xiaoyu qingtian fengyu pingguo xiangjiao xigua putao
  laohu shizi xiaomao xiaogou mao gou zhu niu ma long she tuzi houzi xiongmao laoying
  zhongguoren hanzi putonghua lantouer lanqiu zuqiu youyong paobu youxi wangzherongyao wangzhe yuanshen dnf lol cf
`);

const SERVICE = words(`
  gongan gonganju gonganbu xiangonganju shigonganju gonganren gonganwang gonganjiguan jingcha jingchaju minjing fujing
  xiejing nvjing jingguan jingyuan jingdui jinghao jinghui jingwu jingwutong jingwang jingqing jingfu jinghun jingcheguan
  renminjingcha renmingongan weirenmin weirenminfuwu fuwu zhongcheng paichusuo paichusuozhang suozhang fusuozhang
  jiaodaoyuan zhidaoyuan neiqin waiqin zhiban baoan huji hujijing zhian zhiandui xingjing xingzhen xingzhendui jiaojing
  jiaojingdui xunjing tejing wangan jidu jingzhen jindu fazhi fazhike zhenggong zhenggongke zhengzhi zhengzhichu jiwei
  jijian jiancha jianchayuan fayuan sifa kanshousuo juliusuo duchaju ducha dudao zhihui zhihuizhongxin zhihuishi
  juzhang fujuzhang zhengwei duizhang dadui zhongdui daduizhang bangong bangongshi lingdao keshi guanli guanliyuan
  xitongguanli xitongguanliyuan lijing duiwu taizhang xunlian ceshi dangyuan gongchandang zhongguogongan
  police policeman policestation jingcha yaoyaoling baojing chujing chujingle anquan baomi
`);

const PLACES = words(`
  beijing shanghai tianjin chongqing guangzhou shenzhen chengdu hangzhou wuhan nanjing xian suzhou zhengzhou changsha
  shenyang qingdao dalian jinan haerbin changchun fuzhou xiamen nanchang hefei kunming guiyang nanning haikou taiyuan
  shijiazhuang lanzhou xining yinchuan wulumuqi huhehaote lasa hebei shanxi liaoning jilin heilongjiang jiangsu
  zhejiang anhui fujian jiangxi shandong henan hubei hunan guangdong guangxi hainan sichuan guizhou yunnan xizang
  shaanxi gansu qinghai ningxia xinjiang neimenggu taiwan xianggang aomen changjiang huanghe taishan huangshan
`);

const ENGLISH = words(`
  password passw0rd passwd passcode pass pwd secret letmein admin administrator root user guest test testing demo
  system server login welcome hello world helloworld master super superman batman spiderman ironman starwars pokemon
  qwerty asdf zxcv love lover loveyou iloveyou iloveu iloveme loveme forever always angel baby babygirl honey sweet
  sweety sugar kiss kisses heart happy lucky star sun sunshine moon summer winter spring autumn flower rose lily
  dragon monkey tiger lion eagle wolf bear horse cat kitty dog puppy bird fish butterfly dolphin panda rabbit phoenix
  football baseball basketball soccer hockey golf tennis liverpool arsenal chelsea barcelona juventus realmadrid
  michael jordan kobe bryant james messi ronaldo david daniel jessica jennifer michelle ashley charlie thomas andrew
  joshua matthew anthony robert william george john tom jack peter kevin jason tony lucy mary anna amy nicole
  princess prince queen king shadow killer hunter ranger soldier warrior ninja pirate wizard magic matrix
  freedom justice peace power money gold silver diamond crystal orange apple banana cherry lemon coffee chocolate
  cookie pepper ginger purple yellow green blue black white red pink rainbow access computer internet windows office
  microsoft google facebook twitter samsung huawei xiaomi oppo vivo iphone android linux oracle cisco dell lenovo
  china chinese beautiful trustno whatever nothing jesus god heaven hell death ghost midnight thunder lightning
  storm fire water earth music guitar piano rock metal metallica nirvana beatles family friend friends school college
  teacher student doctor player gamer game games minecraft naruto onepiece mustang ferrari porsche mercedes harley
  toyota honda nissan cowboy yankees lakers bulls eagles steelers cowboys maggie buster tigger snoopy hannah
  changeme default company database backup security network server service support manager office
  qq wechat weixin taobao alipay zhifubao baidu wangyi sina sohu tencent douyin kuaishou zhihu
  abc abcd abcde abcdef aaa aa a q w x z xx zz
`);

const CHARACTERS = words(`
  密码 我的密码 我爱你 我爱中国 你好 中国 中华人民共和国 人民 警察 人民警察 公安 公安局 县公安局 派出所 民警 辅警
  所长 教导员 为人民服务 对党忠诚 服务人民 执法公正 纪律严明 平安 幸福 快乐 生日快乐 新年快乐 恭喜发财 万事如意
  天天向上 好好学习 北京 上海 永远 老婆 老公 宝贝 爸爸 妈妈 祖国 管理员 系统管理员 砺警 训练 台账 测试
`);

/** The surnames most people have. */
const SURNAMES = words(`
  wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
  han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding ren yao shen shi fan hao
  zhong cui tan qiu bai hou meng qin jia xia fu fang zou xiong shao wan duan lei qian dai mao gong gu kong shu
`);

/** Syllables of given names: what they begin with, and what they end in. */
const FIRSTS = words(`
  jian guo zhi wen ming yong hai li yu jun hong xiu chun gui shu xiao da zi si jia yi xin chang de shao guang jin
  cheng feng long zhen wei hua mei shi bing hui qing tian zhong yan hao yi
`);
const LASTS = words(`
  hua jun ping guo qiang ming wei jie fang ying lan mei feng lin hui long bin bo tao gang yong chao liang kai hai shan
  jian ping peng fei hong juan yan min jing li na xia qin yun xue dan ting han xuan chen yang hao yu rui qi tong ze
  ran sheng cheng rong gen shu zhen fa cai xiang an
`);

/** Every word of the lists, and the given names of one and of two syllables. */
export const commonWords: ReadonlySet<string> = new Set([
  ...[PHRASES, SERVICE, PLACES, ENGLISH, CHARACTERS, SURNAMES, LASTS].flat(),
  ...FIRSTS.flatMap((first) => LASTS.map((last) => first + last)),
]);

/** Numbers that mean something to everybody: 520 (I love you), 1314 (for life), 110, lucky and unlucky ones. */
export const commonNumbers: ReadonlySet<string> = new Set(
  words(`
    5201314 1314520 5211314 7758521 7758258 3344520 5845201314 20082008 12345678910 147258369 159357 741852963
    112233 123321 123123 456789 789456123 147258 258369 66668888 88886666 88888888 10086 10010 12389 12345
  `),
);
