import type { ReactNode } from 'react';
import { text } from '../app/text.ts';

type Computer = { readonly site: string; readonly name: string };

/**
 * A station's further computers report for themselves, and so does one of an organ that is known by its code alone:
 * their number tells them apart.
 */
export function computerText({ site, name }: Computer): string {
  const [organ, device] = site.split('-');
  return device === '1' && name !== organ ? name : text('handoff.board.device', { name, device: device ?? '' });
}

/** The same in a cell, where the number must not be cut off. */
export const computerCell = (computer: Computer): ReactNode => <span className="whole">{computerText(computer)}</span>;
