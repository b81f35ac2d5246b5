import { Input, Radio } from 'antd';
import { addDays, localDay } from '../../shared/dates.ts';
import { VERIFICATION_DAYS } from '../../shared/discipline-rules.ts';
import { text } from '../app/text.ts';
import { DateField } from '../ui/DateField.tsx';
import { PeoplePicker } from '../ui/PersonPicker.tsx';
import { ActDialog, type DialogProps, Field } from './ActDialog.tsx';

const today = (): string => localDay(new Date());
const inThirtyDays = (): string => addDays(today(), VERIFICATION_DAYS);

type Start = { readonly verifiers: string[]; readonly dueOn: string };

/** 启动核查. */
export const StartVerification = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.startVerification', Start>
    call="discipline.startVerification"
    title={text('discipline.step.start-verification')}
    initial={{ dueOn: inThirtyDays() }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="verifiers" label={text('discipline.dialog.verifiers')} hint={text('discipline.dialog.verifiersHint')}>
      <PeoplePicker without={incident.people.map(({ id }) => id)} />
    </Field>
    <Field name="dueOn" label={text('discipline.dialog.dueOn')} hint={text('discipline.dialog.dueHint')}>
      <DateField />
    </Field>
  </ActDialog>
);

type Extension = { readonly dueOn: string; readonly reason: string };

/** 延长核查. */
export const ExtendVerification = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.extendVerification', Extension>
    call="discipline.extendVerification"
    title={text('discipline.step.extend-verification')}
    initial={{ dueOn: inThirtyDays() }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="dueOn" label={text('discipline.dialog.dueOn')}>
      <DateField />
    </Field>
    <Field name="reason" label={text('discipline.dialog.reason')}>
      <Input.TextArea rows={3} maxLength={500} />
    </Field>
  </ActDialog>
);

type Finding = { readonly finding: string; readonly established: boolean; readonly finishedOn: string };

/** 核查结束: the facts are sealed with it. */
export const FinishVerification = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.finishVerification', Finding>
    call="discipline.finishVerification"
    title={text('discipline.step.finish-verification')}
    meaning={text('discipline.dialog.sealed')}
    initial={{ finishedOn: today() }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="established" label={text('discipline.dialog.established')}>
      <Radio.Group
        options={[
          { value: true, label: text('discipline.dialog.yes') },
          { value: false, label: text('discipline.dialog.no') },
        ]}
      />
    </Field>
    <Field name="finding" label={text('discipline.dialog.finding')}>
      <Input.TextArea rows={4} maxLength={8000} />
    </Field>
    <Field name="finishedOn" label={text('discipline.dialog.finishedOn')}>
      <DateField notAfterToday />
    </Field>
  </ActDialog>
);
