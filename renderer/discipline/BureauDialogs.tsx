import { Input, InputNumber, Radio, Select } from 'antd';
import { type BureauMeasure, measureRule } from '../../shared/discipline-measures.ts';
import type { IncidentView } from '../../shared/discipline.ts';
import { localDay } from '../../shared/dates.ts';
import type { ViolationAct } from '../../shared/violation-kinds.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { DateField } from '../ui/DateField.tsx';
import { PeoplePicker } from '../ui/PersonPicker.tsx';
import { ActDialog, type DialogProps, Field } from './ActDialog.tsx';
import { CategoryField } from './CategoryField.tsx';
import { type Decided, DecidedFields, decidedOf, onlyPerson } from './DecisionDialogs.tsx';

import { bureauChoices } from './words.tsx';

type Case = {
  readonly station: string;
  readonly number: string;
  readonly people: string[];
  readonly category: ViolationAct;
  readonly grounds: string;
  readonly documentNo?: string;
  readonly openedOn: string;
};

/** 立案, on a station's incident or without one. */
export function CaseDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentView | null;
  readonly onClose: () => void;
}) {
  const stations = useCall('handoff.board', {});
  const known = incident && {
    station: incident.station,
    people: incident.people.map(({ id }) => id),
    category: incident.category,
    grounds: incident.finding ?? incident.facts,
  };
  return (
    <ActDialog<'discipline.openCase', Case>
      call="discipline.openCase"
      title={text('discipline.step.open-case')}
      meaning={text('discipline.dialog.caseText')}
      initial={{ openedOn: localDay(new Date()), ...known }}
      inputOf={({ documentNo, ...fields }) => ({
        ...fields,
        incident: incident?.id ?? null,
        documentNo: documentNo?.trim() || null,
      })}
      onClose={onClose}
    >
      <div className="columns">
        <Field name="station" label={text('discipline.dialog.station')}>
          <Select
            disabled={incident !== null}
            options={(stations.value ?? []).map(({ station, name }) => ({ value: station, label: name }))}
          />
        </Field>
        <Field name="openedOn" label={text('discipline.dialog.openedOn')}>
          <DateField notAfterToday />
        </Field>
        <Field name="number" label={text('discipline.dialog.caseNumber')}>
          <Input maxLength={40} />
        </Field>
        <Field name="documentNo" label={text('discipline.dialog.documentNo')} optional>
          <Input maxLength={100} />
        </Field>
      </div>
      <Field name="people" label={text('discipline.dialog.people')}>
        <PeoplePicker />
      </Field>
      <Field name="category" label={text('discipline.dialog.category')}>
        <CategoryField />
      </Field>
      <Field name="grounds" label={text('discipline.dialog.grounds')}>
        <Input.TextArea rows={3} maxLength={8000} />
      </Field>
    </ActDialog>
  );
}

type Decision = Decided & {
  readonly measure: BureauMeasure;
  readonly startsOn?: string | null;
  readonly days?: number | null;
  readonly months?: number | null;
};

/** 作出决定 of the bureau: a measure says its days or months only where the rules leave them open. */
export const DecideAtBureau = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.decideAtBureau', Decision>
    call="discipline.decideAtBureau"
    title={text('discipline.step.decide-bureau')}
    initial={{ decidedOn: localDay(new Date()), ...onlyPerson(incident), ...proposed(incident) }}
    inputOf={({ measure, startsOn = null, days = null, months = null, ...decided }) => ({
      incident: incident.id,
      measure,
      startsOn,
      days: measureRule(measure).days ? days : null,
      months,
      ...decidedOf(decided),
    })}
    onClose={onClose}
  >
    <Field name="measure" label={text('discipline.dialog.measure')}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={[...bureauChoices]} />
    </Field>
    <div className="columns">
      <Field name="days" label={text('discipline.dialog.days')} hint={text('discipline.dialog.daysHint')} optional>
        <InputNumber min={1} max={60} />
      </Field>
      <Field
        name="months"
        label={text('discipline.dialog.months')}
        hint={text('discipline.dialog.monthsHint')}
        optional
      >
        <InputNumber min={1} max={48} />
      </Field>
    </div>
    <Field
      name="startsOn"
      label={text('discipline.dialog.startsOn')}
      hint={text('discipline.dialog.startsHint')}
      optional
    >
      <DateField />
    </Field>
    <DecidedFields people={incident.people} />
  </ActDialog>
);

const proposed = ({ proposal }: IncidentView): { readonly measure?: BureauMeasure } =>
  proposal === null ? {} : { measure: proposal };

type Answer = {
  readonly outcome: 'upheld' | 'revoked';
  readonly answeredOn: string;
  readonly documentNo?: string;
  readonly note: string;
};

/** 答复复核、申诉. */
export const AnswerAppeal = ({ incident, appeal, onClose }: DialogProps & { readonly appeal: string }) => (
  <ActDialog<'discipline.answerAppeal', Answer>
    call="discipline.answerAppeal"
    title={text('discipline.detail.answer')}
    initial={{ answeredOn: localDay(new Date()) }}
    inputOf={({ documentNo, ...fields }) => ({
      ...fields,
      incident: incident.id,
      appeal,
      documentNo: documentNo?.trim() || null,
    })}
    onClose={onClose}
  >
    <Field name="outcome" label={text('discipline.dialog.outcome')}>
      <Radio.Group
        options={[
          { value: 'upheld', label: text('discipline.dialog.upheld') },
          { value: 'revoked', label: text('discipline.dialog.revoked') },
        ]}
      />
    </Field>
    <Field name="answeredOn" label={text('discipline.dialog.answeredOn')}>
      <DateField notAfterToday />
    </Field>
    <Field name="documentNo" label={text('discipline.dialog.documentNo')} optional>
      <Input maxLength={100} />
    </Field>
    <Field name="note" label={text('discipline.dialog.answerNote')}>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </ActDialog>
);
