import { text } from '../app/text.ts';

const kitSteps = ['checking', 'attachments', 'taking'] as const;

/** What is being done with a kit; steps are named `site.kit.<step>`. */
export function kitStep(step: string): string {
  const known = kitSteps.find((each) => step.endsWith(`.${each}`));
  return known ? text(`site.kit.step.${known}`) : step;
}
