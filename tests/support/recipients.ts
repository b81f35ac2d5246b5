/** Nobody's key; guards nothing. */
export const RECIPIENT = 'age1kpkaqnty3aczg8tgxc0ppm3hy9tnjr9ls4vnvhxhkeswtflkc30spl3rtv';

/** Of these bytes, or nearly these, what is no recipient anything could be sealed to. */
export const NO_RECIPIENTS: Readonly<Record<string, string>> = {
  'a prefix alone': 'age1',
  'a word': 'age1example',
  'another character': RECIPIENT.replace('q', 'p'),
  'two characters exchanged': RECIPIENT.replace('3rtv', 'r3tv'),
  'the last character missing': RECIPIENT.slice(0, -1),
  'upper case': RECIPIENT.toUpperCase(),
  'mixed case': RECIPIENT.replace('rtv', 'RTV'),
  'a space behind': `${RECIPIENT} `,
  '31 bytes': 'age1dhgy6ey0wqjp66pkrcgwudep2uuse0u9tym9e4akvrj60akytuuxefw6',
  '33 bytes': 'age1kpkaqnty3aczg8tgxc0ppm3hy9tnjr9ls4vnvhxhkeswtflkc30sz3zkar7',
  'the check of another encoding': 'age1kpkaqnty3aczg8tgxc0ppm3hy9tnjr9ls4vnvhxhkeswtflkc30s5rp0ww',
  'a hybrid one of 32 bytes': 'age1pq1kpkaqnty3aczg8tgxc0ppm3hy9tnjr9ls4vnvhxhkeswtflkc30su8lgkj',
  'a tag': 'age1tag1q2cxm5zdvj8hqfqadqmpuy8wxus4wwgvh7z4jdju67mxped87mz97vedaqv',
};
