/** Nobody's key; guards nothing. */
export const RECIPIENT = 'age1kpkaqnty3aczg8tgxc0ppm3hy9tnjr9ls4vnvhxhkeswtflkc30spl3rtv';

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The text of a recipient of any bytes (BIP 173, without its limit of length). */
export function recipientOfBytes(prefix: 'age' | 'age1pq', bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const words = (bits.match(/.{1,5}/g) ?? []).map((five) => Number.parseInt(five.padEnd(5, '0'), 2));
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  const spread = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const sum = [...spread, ...words, 0, 0, 0, 0, 0, 0].reduce((before, word) => {
    const next = ((before & 0x1ffffff) << 5) ^ word;
    return GENERATOR.reduce((all, one, index) => ((before >> 25) & (1 << index) ? all ^ one : all), next);
  }, 1);
  const check = Array.from({ length: 6 }, (_, index) => ((sum ^ 1) >> (25 - 5 * index)) & 31);
  return `${prefix}1${[...words, ...check].map((word) => BECH32.charAt(word)).join('')}`;
}

/** Points of X25519 under which nothing is secret, in each of their spellings. */
export const LOW_ORDER: readonly Buffer[] = [
  ...['00'.repeat(32), `01${'00'.repeat(31)}`],
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  ...['ec', 'ed', 'ee'].map((first) => `${first}${'ff'.repeat(30)}7f`),
].flatMap((hex) => {
  const point = Buffer.from(hex, 'hex');
  return [point, Buffer.concat([point.subarray(0, 31), Buffer.of((point[31] ?? 0) | 0x80)])];
});

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
  ...Object.fromEntries(
    LOW_ORDER.map((point) => [`a point of low order, ${point.toString('hex')}`, recipientOfBytes('age', point)]),
  ),
};
