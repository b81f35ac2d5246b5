import { canonical } from '../../electron/journal/entry-line.ts';
import { helpWorld, type HelpWorld, sealedTo } from '../vectors/help-world.ts';
import { A_DIAGNOSIS } from '../vectors/other-edges.ts';
import { alteredAt, type ByteChange, changed, type Step } from './mutations.ts';
import type { OtherKeys, OtherKind } from './other-readers.ts';

/** Where a file beside the packages is spoilt; the deeper places are sealed again as they should be. */
export const OTHER_LAYERS = ['file', 'words', 'value', 'spaced-value', 'inner', 'key', 'whole'] as const;
export type OtherMutation = {
  readonly layer: (typeof OTHER_LAYERS)[number];
  readonly change: ByteChange;
  readonly step: Step;
};

type Spoiler = (world: HelpWorld, mutation: OtherMutation) => Promise<Buffer>;

const textOf = (value: object, { layer, change, step }: OtherMutation): Buffer => {
  if (layer === 'value') return Buffer.from(canonical(alteredAt(value, step)));
  if (layer === 'spaced-value') return Buffer.from(JSON.stringify(alteredAt(value, step), null, 1));
  const right = Buffer.from(canonical(value));
  return layer === 'words' ? changed(right, change) : right;
};

/** A change that changes nothing. */
export const UNSPOILT: OtherMutation = { layer: 'whole', change: { how: 'flip', at: 0 }, step: { at: 0, value: null } };

const spoilers: Readonly<Record<Exclude<OtherKind, 'escrow-key'>, Spoiler>> = {
  async 'help-request'({ slotOf, requestOf, dataKey }, mutation) {
    const key = mutation.layer === 'key' ? changed(dataKey, mutation.change) : dataKey;
    const slot = await slotOf({ key });
    const held = mutation.layer === 'inner' ? changed(slot, mutation.change) : slot;
    return textOf(await requestOf({ slot: held.toString('base64') }), mutation);
  },
  async 'help-answer'({ headOf, keyOf, answerOf, dataKey }, mutation) {
    const line = textOf(headOf(), mutation);
    const key = await keyOf({
      line: line.toString(),
      key: mutation.layer === 'key' ? changed(dataKey, mutation.change) : dataKey,
    });
    const inner = mutation.layer === 'inner' ? changed(key, mutation.change) : key;
    return answerOf({ text: '', key: Buffer.concat([line, Buffer.from('\n'), inner]) });
  },
  diagnosis: ({ recipient }, mutation) => sealedTo([recipient], textOf(A_DIAGNOSIS, mutation)),
};

export const SPOILABLE = ['help-request', 'help-answer', 'diagnosis'] as const;

/** Files of the kind, spoilt anyhow, and the keys they are read with. */
export async function otherSpoiler(kind: keyof typeof spoilers): Promise<{
  readonly keys: OtherKeys;
  readonly spoilt: (mutation: OtherMutation) => Promise<Buffer>;
}> {
  const world = await helpWorld();
  return {
    keys: world.keys,
    async spoilt(mutation) {
      const file = await spoilers[kind](world, mutation);
      return mutation.layer === 'file' ? changed(file, mutation.change) : file;
    },
  };
}
