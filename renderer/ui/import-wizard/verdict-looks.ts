import type { Verdict } from '../../../shared/ledger-import.ts';
import type { StateLook } from '../StateTag.tsx';

export const verdictLooks = {
  accepted: 'good',
  repaired: 'warning',
  unchanged: 'waiting',
  refused: 'bad',
  skipped: 'off',
} as const satisfies Record<Verdict, StateLook>;
