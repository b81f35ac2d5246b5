import { Button, Form, Input, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { activeStatuses, type PersonFacts } from '../../shared/person.ts';
import type { FactField } from '../../shared/roster.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type DateField, dateIn, type Draft, type Faults, saidBy, type TextField } from './draft.ts';
import { fieldLabel, optionsFor } from './words.ts';

export type FieldsProps = {
  readonly draft: Draft;
  readonly faults: Faults;
  readonly onChange: (change: Partial<Draft>) => void;
  /** The recorded number, masked. */
  readonly maskedResidentId: string | null;
};

type FieldProps<F> = FieldsProps & { readonly field: F };

const required: readonly FactField[] = ['name', 'sex', 'identityKind', 'status'];

/** The field for one column of a person's record. */
export function PersonField(props: FieldProps<FactField>) {
  const { field, faults } = props;
  const fault = faults[field];
  return (
    <Form.Item
      label={fieldLabel(field)}
      htmlFor={field}
      required={required.includes(field)}
      {...(fault === undefined ? {} : { validateStatus: 'error' as const, help: fault })}
    >
      <Control {...props} />
    </Form.Item>
  );
}

function Control({ field, ...props }: FieldProps<FactField>): ReactNode {
  const { draft, onChange } = props;
  switch (field) {
    case 'name':
      return <TextControl field={field} {...props} onChange={(name) => onChange({ ...name, namePinyin: '' })} />;
    case 'namePinyin':
      return <PinyinControl {...props} />;
    case 'residentId':
      return <ResidentIdControl {...props} />;
    case 'secondedTo':
      return <TextControl field={field} {...props} disabled={draft.status !== 'SECONDED'} />;
    case 'post':
    case 'badgeNo':
    case 'qualificationNo':
    case 'phone':
    case 'unit':
    case 'remarks':
      return <TextControl field={field} {...props} />;
    case 'birthDate':
    case 'workStart':
    case 'policeStart':
    case 'postStart':
    case 'qualificationExpiry':
      return <DateControl field={field} {...props} />;
    case 'enrolled':
    case 'ranked':
    case 'veteran':
      return (
        <Switch
          id={field}
          checked={draft[field] ?? false}
          checkedChildren={text('app.yes')}
          unCheckedChildren={text('app.no')}
          onChange={(is) => onChange({ [field]: is })}
        />
      );
    default:
      return <ChoiceControl field={field} {...props} />;
  }
}

const LENGTHS: Readonly<Partial<Record<TextField, number>>> = { name: 40, remarks: 500, phone: 20, badgeNo: 12 };

const TextControl = ({
  field,
  draft,
  onChange,
  disabled = false,
}: FieldProps<TextField> & { readonly disabled?: boolean }) => (
  <Input
    id={field}
    disabled={disabled}
    maxLength={LENGTHS[field] ?? 60}
    value={draft[field]}
    onChange={({ target }) => onChange({ [field]: target.value })}
  />
);

/** A day or a month, in any notation of the ledgers. */
const DateControl = ({ field, draft, onChange }: FieldProps<DateField>) => (
  <Input
    id={field}
    maxLength={20}
    placeholder={text('roster.form.datePlaceholder')}
    value={draft[field]}
    onChange={({ target }) => onChange({ [field]: target.value })}
    onBlur={({ target }) => onChange({ [field]: dateIn(target.value) ?? '' })}
  />
);

type ChoiceField = Exclude<FactField, TextField | DateField | 'enrolled' | 'ranked' | 'veteran'>;

/** What follows from a choice, until somebody says otherwise. */
const following = (field: ChoiceField, value: string | null): Partial<Draft> => {
  if (field === 'rank') return { ranked: value !== null };
  return field === 'identityKind' ? { enrolled: value === 'CIVIL_SERVANT' } : {};
};

function ChoiceControl({ field, draft, onChange }: FieldProps<ChoiceField>) {
  const stays = (key: string): boolean => key === draft.status || activeStatuses.some((status) => status === key);
  const options = optionsFor(field).filter(({ value }) => field !== 'status' || stays(value));
  return (
    <Select
      id={field}
      allowClear={!required.includes(field)}
      showSearch={{ optionFilterProp: 'label' }}
      value={draft[field]}
      options={options}
      // The options are the table's own keys.
      onChange={(key: string | null | undefined) =>
        onChange({ [field]: (key ?? null) as PersonFacts[ChoiceField], ...following(field, key ?? null) })
      }
    />
  );
}

/** The usual reading of the name stands there until it is corrected. */
function PinyinControl({ draft: { name, namePinyin }, onChange }: FieldsProps) {
  const proposed = useCall('roster.pinyinOf', name.trim().length < 2 ? null : { name: name.trim() }).value;
  return (
    <Input
      id="namePinyin"
      maxLength={60}
      value={namePinyin || (name.trim() === '' ? '' : (proposed?.namePinyin ?? ''))}
      title={text('roster.form.pinyinHint')}
      onChange={({ target }) => onChange({ namePinyin: target.value.toLowerCase() })}
    />
  );
}

/** The number as it is recorded, until it is typed anew. */
function ResidentIdControl({ draft, onChange, maskedResidentId }: FieldsProps) {
  if (draft.keepsResidentId)
    return (
      <div className="kept">
        <span>{maskedResidentId}</span>
        <Button id="residentId" size="small" onClick={() => onChange({ keepsResidentId: false })}>
          {text('roster.form.retype')}
        </Button>
      </div>
    );
  return (
    <Input
      id="residentId"
      maxLength={40}
      value={draft.residentId}
      onChange={({ target }) => onChange({ residentId: target.value, ...saidBy(target.value, draft) })}
    />
  );
}
