import { agreement } from './agreement.ts';
import { agreementBeside } from './agreement-beside.ts';
import { damage } from './damage.ts';
import { disk } from './disk.ts';
import { randomHistories } from './histories.ts';
import { kills } from './kills.ts';
import { cuts, flips } from './on-the-way.ts';
import type { Trial } from './trial.ts';
import { writeErrors } from './write-errors.ts';

/** Everything `npm run torture` does. */
export const trials: readonly Trial[] = [
  agreement,
  agreementBeside,
  cuts,
  flips,
  disk,
  writeErrors,
  kills,
  damage,
  randomHistories,
];
