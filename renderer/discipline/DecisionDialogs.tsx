import { Input, Select } from 'antd';
import type { BureauMeasure, StationMeasure } from '../../shared/discipline-measures.ts';
import type { IncidentView } from '../../shared/discipline.ts';
import { localDay } from '../../shared/dates.ts';
import { text } from '../app/text.ts';
import { DateField } from '../ui/DateField.tsx';
import { ActDialog, type DialogProps, Field } from './ActDialog.tsx';

import { bureauChoices, stationChoices } from './words.tsx';

type Referral = { readonly proposal?: BureauMeasure | null; readonly reason: string };

/** 报县局. */
export const Refer = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.refer', Referral>
    call="discipline.refer"
    title={text('discipline.step.refer')}
    meaning={text('discipline.dialog.referText')}
    inputOf={({ proposal = null, reason }) => ({ incident: incident.id, proposal, reason })}
    onClose={onClose}
  >
    <Field name="proposal" label={text('discipline.dialog.proposal')} optional>
      <Select allowClear options={[...bureauChoices]} />
    </Field>
    <Field name="reason" label={text('discipline.dialog.reason')}>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </ActDialog>
);

export type Decided = {
  readonly person?: string | null;
  readonly decidedOn: string;
  readonly decidedBy: string;
  readonly documentNo?: string;
  readonly reason: string;
};
type Decision = Decided & { readonly measure: StationMeasure };

/** What both levels say of a decision beside the measure. */
export const decidedOf = ({ person = null, decidedOn, decidedBy, documentNo, reason }: Decided) => ({
  ...{ person, decidedOn, decidedBy, reason },
  documentNo: documentNo?.trim() || null,
});

/** The only person concerned, whom a decision is then on. */
export const onlyPerson = ({ people }: Pick<IncidentView, 'people'>): { readonly person?: string } => {
  const [only, ...others] = people;
  return only && others.length === 0 ? { person: only.id } : {};
};

/** 作出决定 of a station. */
export const Decide = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.decide', Decision>
    call="discipline.decide"
    title={text('discipline.step.decide')}
    meaning={text('discipline.dialog.twoPersons')}
    initial={{ decidedOn: localDay(new Date()), ...onlyPerson(incident) }}
    inputOf={({ measure, ...decided }) => ({ incident: incident.id, measure, ...decidedOf(decided) })}
    onClose={onClose}
  >
    <Field name="measure" label={text('discipline.dialog.measure')} hint={text('discipline.dialog.measureHint')}>
      <Select options={[...stationChoices]} />
    </Field>
    <DecidedFields people={incident.people} />
  </ActDialog>
);

/** Whom, when, by whom and why. */
export const DecidedFields = ({ people }: Pick<IncidentView, 'people'>) => (
  <>
    <Field name="person" label={text('discipline.dialog.person')} hint={text('discipline.dialog.personHint')} optional>
      <Select allowClear options={people.map(({ id, name }) => ({ value: id, label: name }))} />
    </Field>
    <div className="columns">
      <Field name="decidedOn" label={text('discipline.dialog.decidedOn')}>
        <DateField notAfterToday />
      </Field>
      <Field name="decidedBy" label={text('discipline.dialog.decidedBy')}>
        <Input maxLength={100} />
      </Field>
    </div>
    <Field name="documentNo" label={text('discipline.dialog.documentNo')} optional>
      <Input maxLength={100} />
    </Field>
    <Field name="reason" label={text('discipline.dialog.decisionReason')}>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </>
);
