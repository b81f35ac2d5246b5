import { text } from '../app/text.ts';

/** `第 5 条、第 9 至 12 条`. */
export const rangesText = (ranges: readonly (readonly [number, number])[]): string =>
  ranges
    .map(([first, last]) => text(first === last ? 'handoff.range.one' : 'handoff.range.many', { first, last }))
    .join('、');

const steps = ['measuring', 'sealing', 'reading-back', 'writing', 'looking', 'checking', 'taking', 'carrying'] as const;

/** What a job of the hand-off is doing; steps are named `handoff.<job>.<step>`. */
export function stepText(step: string): string {
  const known = steps.find((each) => step.endsWith(`.${each}`));
  return known ? text(`handoff.step.${known}`) : step;
}
