import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';

/** When the database was found damaged, what was done, and what to look at now. */
export const mendedText = ({ at, how }: NonNullable<Output<'backup.state'>['lastMended']>): string =>
  text(`backup.mended.${how}`, { at: instantText(at) });
