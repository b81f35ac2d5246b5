import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';

/** When the database was found damaged, what was done, and what to look at now. */
export const mendedText = ({ at, how }: NonNullable<Output<'backup.state'>['lastMended']>): string =>
  text(`backup.mended.${how}`, { at: instantText(at) });

const steps = ['checking', 'copying', 'attachments', 'proving'] as const;

/** What a job with a backup is doing; steps are named `backup.<step>`. */
export function stepText(step: string): string {
  const known = steps.find((each) => step === `backup.${each}`);
  return known ? text(`backup.step.${known}`) : step;
}
