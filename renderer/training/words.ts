import type { Attendance } from '../../shared/training.ts';
import { abilityAreas, type AbilityArea } from '../../shared/training-tables.ts';
import { text } from '../app/text.ts';

export const resultText = (result: Attendance['result']): string =>
  typeof result === 'number' ? String(result) : text(`training.result.${result}`);

export const areasText = (areas: readonly AbilityArea[]): string =>
  areas.map((area) => abilityAreas.labelOf(area)).join('、');
