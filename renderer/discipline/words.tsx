import type { DecisionView, IncidentRow } from '../../shared/discipline.ts';
import {
  type BureauMeasure,
  bureauMeasures,
  type StationMeasure,
  stationMeasures,
} from '../../shared/discipline-measures.ts';
import type { IncidentState } from '../../shared/discipline-rules.ts';
import { text } from '../app/text.ts';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';

const looks: Readonly<Record<IncidentState, StateLook>> = {
  lead: 'waiting',
  verifying: 'running',
  pending: 'waiting',
  decided: 'running',
  rectifying: 'running',
  closed: 'good',
  dismissed: 'off',
  transferred: 'off',
};

export const stateText = (state: IncidentState): string => text(`discipline.state.${state}`);

/** The state, and beside it that its term has passed. */
export const IncidentStateTag = ({ state, isOverdue }: Pick<IncidentRow, 'state' | 'isOverdue'>) => (
  <>
    <StateTag look={looks[state]}>{stateText(state)}</StateTag>
    {isOverdue && (
      <>
        {'　'}
        <StateTag look="bad">{text('discipline.incidents.overdueYes')}</StateTag>
      </>
    )}
  </>
);

/** `2026-11-24 至 2027-05-23`; nothing for a measure that has none. */
export const periodText = ({ from, until }: Pick<DecisionView, 'from' | 'until'>): string | null =>
  from && until ? text('discipline.detail.fromUntil', { from, until }) : null;

/** Names in a row; what is said when it is not known who. */
export const namesOf = (people: readonly { readonly name: string }[]): string =>
  people.map(({ name }) => name).join('、') || text('discipline.incidents.peopleUnknown');

const choices = <K extends string>(entries: readonly { readonly key: K; readonly label: string }[]) =>
  entries.map(({ key, label }) => ({ value: key, label }));
export const stationChoices: readonly { value: StationMeasure; label: string }[] = choices(stationMeasures.entries);
export const bureauChoices: readonly { value: BureauMeasure; label: string }[] = choices(bureauMeasures.entries);
