import type { Output } from '../../shared/contract.ts';
import { entryText } from '../app/entry-text.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';

/** What was done that no backup on a drive holds, and what to do; null while there is nothing. */
export const unsavedText = ({ notOnMedium, stick }: Output<'backup.state'>): string | null =>
  notOnMedium.length === 0
    ? null
    : text(stick ? 'backup.unsavedStick' : 'backup.unsaved', {
        acts: notOnMedium.map((kind) => entryText(kind)).join('、'),
      });

/** When the database was found damaged, what was done, and what to look at now. */
export const mendedText = ({ at, how }: NonNullable<Output<'backup.state'>['lastMended']>): string =>
  text(`backup.mended.${how}`, { at: instantText(at) });

const steps = ['checking', 'looking', 'copying', 'attachments', 'proving', 'reading', 'rebuilding'] as const;

/** What a job with a backup is doing; steps are named `backup.<step>`. */
export function stepText(step: string): string {
  const known = steps.find((each) => step === `backup.${each}`);
  return known ? text(`backup.step.${known}`) : step;
}
