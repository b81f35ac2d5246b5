import { useMay } from '../app/may.ts';
import type { Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';

/** Entries in quarantine that want something of the signed-in person: an answer at the station, a decision at the bureau. */
export function useQuarantineWaiting(): readonly Waiting[] | null {
  const atStation = useMay('quarantine.own');
  const mayDecide = useMay('quarantine.decide');
  const own = useCall('quarantine.own', {}).value;
  const county = useCall('quarantine.county', {}).value;
  if (atStation) return own && waiting('own', own.filter(({ isClosed }) => !isClosed).length, 'own-quarantine');
  if (!mayDecide) return [];
  const undecided = county?.filter(({ state }) => state === 'open' || state === 'answered').length;
  return undecided === undefined ? null : waiting('county', undecided, 'quarantine');
}

const waiting = (whose: 'own' | 'county', count: number, screen: string): readonly Waiting[] =>
  count === 0
    ? []
    : [
        {
          key: `quarantine-${whose}`,
          urgency: 'due',
          text: text(`quarantine.waiting.${whose}`, { count }),
          place: { screen, params: {} },
        },
      ];
