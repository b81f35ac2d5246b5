import { Input } from 'antd';
import { type ChosenFile, MAX_SCANS } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { FileField } from '../ui/FileField.tsx';
import { PeoplePicker } from '../ui/PersonPicker.tsx';
import { ActDialog, type DialogProps, Field } from './ActDialog.tsx';

type Facts = { readonly facts: string; readonly reason: string };

/** 更正事实. */
export const EditFacts = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.editFacts', Facts>
    call="discipline.editFacts"
    title={text('discipline.step.edit-facts')}
    initial={{ facts: incident.facts }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="facts" label={text('discipline.dialog.facts')}>
      <Input.TextArea rows={6} maxLength={8000} />
    </Field>
    <Field name="reason" label={text('discipline.dialog.reason')}>
      <Input maxLength={500} />
    </Field>
  </ActDialog>
);

type People = { readonly people: string[]; readonly reason: string };

/** 变更当事人. */
export const ChangePeople = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.changePeople', People>
    call="discipline.changePeople"
    title={text('discipline.step.change-people')}
    initial={{ people: incident.people.map(({ id }) => id) }}
    inputOf={(fields) => ({ incident: incident.id, ...fields })}
    onClose={onClose}
  >
    <Field name="people" label={text('discipline.dialog.people')}>
      <PeoplePicker without={incident.verifiers.map(({ id }) => id)} />
    </Field>
    <Field name="reason" label={text('discipline.dialog.reason')}>
      <Input maxLength={500} />
    </Field>
  </ActDialog>
);

type Files = { readonly files: readonly ChosenFile[] };

/** 补充证据. */
export const AddEvidence = ({ incident, onClose }: DialogProps) => (
  <ActDialog<'discipline.addEvidence', Files>
    call="discipline.addEvidence"
    title={text('discipline.step.add-evidence')}
    inputOf={({ files }) => ({ incident: incident.id, files: files.map(({ id }) => id) })}
    onClose={onClose}
  >
    <Field name="files" label={text('discipline.dialog.files')}>
      <EvidenceField />
    </Field>
  </ActDialog>
);

/** The form hands value and change over; before that there is none. */
const EvidenceField = ({
  value = [],
  onChange,
}: {
  readonly value?: readonly ChosenFile[];
  readonly onChange?: (files: readonly ChosenFile[]) => void;
}) => (
  <FileField
    kind="scan"
    many
    max={MAX_SCANS}
    label={text('discipline.form.addEvidence')}
    value={value}
    onChange={(files) => onChange?.(files)}
  />
);
