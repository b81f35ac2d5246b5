import fc from 'fast-check';

/** What is done to a run of bytes, wherever it stands. */
export type ByteChange = { readonly how: 'flip' | 'cut' | 'add' | 'remove'; readonly at: number };
/** A place of a JSON value, and what is put there. */
export type Step = { readonly at: number; readonly value: unknown };

/** One way to spoil a package; the deeper ones are compressed, signed and sealed again as they should be. */
export type Mutation =
  | { readonly layer: 'sealed' | 'age-header' | 'gzip' | 'tar' | 'words' | 'lines'; readonly change: ByteChange }
  | { readonly layer: 'recipients'; readonly how: 'grease' | 'more' | 'stranger' | 'code' | 'costly' | 'many' }
  | { readonly layer: 'gzip-members'; readonly places: readonly number[]; readonly behind: GzipTail }
  | { readonly layer: 'gzip-header'; readonly field: 'extra' | 'name' | 'comment' | 'crc' | 'sum' | 'size' }
  | { readonly layer: 'tar-header'; readonly member: number; readonly field: TarField; readonly resum: boolean }
  | { readonly layer: 'tar-members'; readonly how: MemberChange; readonly at: number; readonly to: number }
  | { readonly layer: 'signature'; readonly how: 'zeros' | 'short' | 'long' | 'stranger' | 'swapped' }
  | { readonly layer: 'manifest' | 'entry'; readonly step: Step; readonly spaced: boolean }
  | { readonly layer: 'chain'; readonly how: ChainChange; readonly at: number };
export type GzipTail = 'nothing' | 'empty-member' | 'zeros' | 'garbage' | 'half-member';
export type TarField = 'name' | 'path' | 'mode' | 'owner' | 'size' | 'time' | 'type' | 'link' | 'magic' | 'prefix';
export type MemberChange = 'drop' | 'double' | 'swap' | 'insert' | 'empty-block' | 'cut';
/** `retold` and `joined` leave a whole chain whose manifest is right: such a package is good. */
export type ChainChange =
  'retold' | 'shortened' | 'left-out' | 'doubled' | 'renumbered' | 'exchanged' | 'second-stream';

const nat = fc.nat(1 << 20);
/** Something done to bytes. */
export const change: fc.Arbitrary<ByteChange> = fc.record({
  how: fc.constantFrom('flip', 'flip', 'cut', 'add', 'remove'),
  at: nat,
});
const DELETED = Symbol('deleted');
const odd = fc.constantFrom<unknown[]>(
  ...[null, 0, 1, 2, 1.5, -1, 2 ** 53, '', 'report', 'return', 'kit', '999999000001-1', '0'.repeat(64)],
  ...['2026-11-24T08:00:00+08:00', '../x.json', [], {}, DELETED, { more: 1 }, [[[]]], true],
);
/** A place of any JSON value, and something odd for it. */
export const steps: fc.Arbitrary<Step> = fc.record({ at: nat, value: odd });
const step = steps;
const layer = fc.constant;

export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ layer: fc.constantFrom('sealed', 'age-header', 'gzip'), change }),
  fc.record({ layer: fc.constantFrom('tar', 'words', 'lines'), change }),
  fc.record({
    layer: layer('recipients'),
    how: fc.constantFrom('grease', 'more', 'stranger', 'code', 'costly', 'many'),
  }),
  fc.record({
    layer: layer('gzip-members'),
    places: fc.array(nat, { maxLength: 4 }),
    behind: fc.constantFrom<GzipTail[]>('nothing', 'nothing', 'empty-member', 'zeros', 'garbage', 'half-member'),
  }),
  fc.record({
    layer: layer('gzip-header'),
    field: fc.constantFrom('extra', 'name', 'comment', 'crc', 'sum', 'size'),
  }),
  fc.record({
    layer: layer('tar-header'),
    member: fc.nat(5),
    field: fc.constantFrom<TarField[]>(
      ...(['name', 'path', 'mode', 'owner', 'size', 'time', 'type', 'link', 'magic', 'prefix'] as const),
    ),
    resum: fc.boolean(),
  }),
  fc.record({
    layer: layer('tar-members'),
    how: fc.constantFrom<MemberChange[]>('drop', 'double', 'swap', 'insert', 'empty-block', 'cut'),
    at: fc.nat(5),
    to: fc.nat(5),
  }),
  fc.record({
    layer: layer('signature'),
    how: fc.constantFrom('zeros', 'short', 'long', 'stranger', 'swapped'),
  }),
  fc.record({ layer: fc.constantFrom('manifest', 'entry'), step, spaced: fc.constantFrom(false, false, false, true) }),
  fc.record({
    layer: layer('chain'),
    how: fc.constantFrom<ChainChange[]>(
      ...(['retold', 'shortened', 'left-out', 'doubled', 'renumbered', 'exchanged', 'second-stream'] as const),
    ),
    at: fc.nat(7),
  }),
);

export function changed(bytes: Buffer, { how, at }: ByteChange): Buffer {
  const place = at % bytes.length;
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (how === 'cut') return before;
  if (how === 'add') return Buffer.concat([before, Buffer.of(at & 255), after]);
  if (how === 'remove') return Buffer.concat([before, after.subarray(1)]);
  return Buffer.concat([before, Buffer.of((after[0] ?? 0) ^ (1 << (at & 7))), after.subarray(1)]);
}

/** The value with one of its places, any depth, holding something else. */
export function alteredAt(value: object, { at, value: put }: Step): object {
  const places: ((target: object) => void)[] = [];
  const walk = (node: unknown, path: readonly (string | number)[]): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push((root) => {
        const parent = path.reduce<object>((current, part) => Reflect.get(current, part) as object, root);
        if (put === DELETED) Reflect.deleteProperty(parent, key);
        else Reflect.set(parent, key, put);
      });
      walk(inner, [...path, key]);
    }
  };
  walk(value, []);
  const copy = structuredClone(value);
  places[at % places.length]?.(copy);
  return copy;
}
