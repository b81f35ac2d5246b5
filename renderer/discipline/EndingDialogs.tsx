import { Input } from 'antd';
import { addDays, localDay } from '../../shared/dates.ts';
import { VERIFICATION_DAYS } from '../../shared/discipline-rules.ts';
import { text } from '../app/text.ts';
import { DateField } from '../ui/DateField.tsx';
import { PersonPicker } from '../ui/PersonPicker.tsx';
import { ActDialog, type DialogProps, Field } from './ActDialog.tsx';

const today = (): string => localDay(new Date());

type Task = { readonly task: string; readonly owner: string; readonly dueOn: string };

/** 布置整改. */
export const AddRectification = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.addRectification', Task>
    call="discipline.addRectification"
    title={text('discipline.step.add-rectification')}
    initial={{ dueOn: addDays(today(), VERIFICATION_DAYS) }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="task" label={text('discipline.dialog.task')}>
      <Input.TextArea rows={3} maxLength={1000} />
    </Field>
    <div className="columns">
      <Field name="owner" label={text('discipline.dialog.owner')}>
        <PersonPicker />
      </Field>
      <Field name="dueOn" label={text('discipline.dialog.dueOn')}>
        <DateField />
      </Field>
    </div>
  </ActDialog>
);

type RectificationProps = DialogProps & { readonly rectification: string };

/** 登记完成. */
export const FinishRectification = ({ incident, rectification, onClose }: RectificationProps) => (
  <ActDialog<'discipline.finishRectification', { readonly doneOn: string; readonly result: string }>
    call="discipline.finishRectification"
    title={text('discipline.detail.finish')}
    initial={{ doneOn: today() }}
    inputOf={(fields) => ({ incident: incident.id, rectification, ...fields })}
    onClose={onClose}
  >
    <Field name="doneOn" label={text('discipline.dialog.doneOn')}>
      <DateField notAfterToday />
    </Field>
    <Field name="result" label={text('discipline.dialog.result')}>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </ActDialog>
);

/** 销号. */
export const ClearRectification = ({ incident, rectification, onClose }: RectificationProps) => (
  <ActDialog<'discipline.clearRectification', { readonly clearedOn: string }>
    call="discipline.clearRectification"
    title={text('discipline.detail.clear')}
    initial={{ clearedOn: today() }}
    inputOf={(fields) => ({ incident: incident.id, rectification, ...fields })}
    onClose={onClose}
  >
    <Field name="clearedOn" label={text('discipline.dialog.clearedOn')}>
      <DateField notAfterToday />
    </Field>
  </ActDialog>
);

/** 回访记录. */
export const RecordFollowUp = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.recordFollowUp', { readonly on: string; readonly note: string }>
    call="discipline.recordFollowUp"
    title={text('discipline.step.record-follow-up')}
    initial={{ on: today() }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="on" label={text('discipline.dialog.on')}>
      <DateField notAfterToday />
    </Field>
    <Field name="note" label={text('discipline.dialog.note')}>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </ActDialog>
);

/** 办结: by somebody else than the recorder. */
export const Close = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.close', { readonly summary: string }>
    call="discipline.close"
    title={text('discipline.step.close')}
    meaning={text('discipline.dialog.closeTwo')}
    inputOf={({ summary }) => ({ incident: incident.id, summary })}
    onClose={onClose}
  >
    <Field name="summary" label={text('discipline.dialog.summary')}>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </ActDialog>
);

/** 重新办理. */
export const Reopen = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.reopen', { readonly reason: string }>
    call="discipline.reopen"
    title={text('discipline.step.reopen')}
    meaning={text('discipline.dialog.reopenText')}
    inputOf={({ reason }) => ({ incident: incident.id, reason })}
    onClose={onClose}
  >
    <Field name="reason" label={text('discipline.dialog.reason')}>
      <Input.TextArea rows={3} maxLength={500} />
    </Field>
  </ActDialog>
);

/** 登记告知. */
export const GiveNotice = ({ incident, decision, onClose }: DialogProps & { readonly decision: string }) => (
  <ActDialog<'discipline.giveNotice', { readonly toldOn: string }>
    call="discipline.giveNotice"
    title={text('discipline.detail.tell')}
    meaning={text('discipline.dialog.tellText')}
    initial={{ toldOn: today() }}
    inputOf={({ toldOn }) => ({ incident: incident.id, decision, toldOn })}
    onClose={onClose}
  >
    <Field name="toldOn" label={text('discipline.dialog.toldOn')}>
      <DateField notAfterToday />
    </Field>
  </ActDialog>
);
