import { pinyin } from 'pinyin-pro';

/**
 * The usual reading of a person's name, surnames read as such (单 shan, 区 ou): `ou cai xia`. Letters stay letters; a
 * name that nothing is known of reads `x`, so that it still has a place in the list.
 */
export function pinyinOf(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true });
  const reading = syllables
    .flatMap((syllable) =>
      syllable
        .toLowerCase()
        .replace(/[^a-z ]/g, ' ')
        .split(' '),
    )
    .filter((syllable) => syllable !== '')
    .join(' ');
  return reading === '' ? 'x' : reading;
}
