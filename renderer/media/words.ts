import type { Carried, StickRow } from '../../shared/media.ts';
import { text } from '../app/text.ts';
import type { StateLook } from '../ui/StateTag.tsx';

const looks = { in: 'good', out: 'waiting', lost: 'bad', retired: 'off' } as const satisfies Record<
  StickRow['state'],
  StateLook
>;

/** A stick's state as word and sign; a loss is bad until everything about it is done. */
export const stickState = ({ state, openSteps }: StickRow): { readonly words: string; readonly look: StateLook } => {
  if (state === 'lost' && openSteps > 0) return { words: text('media.lossOpen'), look: 'bad' };
  return { words: text(`media.stateOf.${state}`), look: state === 'lost' ? 'off' : looks[state] };
};

export const packageText = ({ kind, number }: Carried): string =>
  number === null
    ? text(`media.packageOf.${kind}`)
    : text('media.packageNumber', { kind: text(`media.packageOf.${kind}`), number });
