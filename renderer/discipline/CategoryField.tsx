import { Select } from 'antd';
import { actsOf, type ViolationAct, violationGroups } from '../../shared/violation-kinds.ts';

const options = violationGroups.entries.map(({ key, label }) => ({
  label,
  options: actsOf(key).map((act) => ({ value: act.key, label: act.label, words: act.synonyms?.join(' ') ?? '' })),
}));

/** An act of the violation table, found by its label or by what ledgers call it. */
export const CategoryField = ({
  value = null,
  onChange,
  id,
}: {
  readonly value?: ViolationAct | null;
  readonly onChange?: (value: ViolationAct | null) => void;
  readonly id?: string;
}) => (
  <Select
    {...(id === undefined ? {} : { id })}
    allowClear
    showSearch={{
      filterOption: (typed, option) =>
        option !== undefined && 'words' in option && `${option.label} ${String(option.words)}`.includes(typed),
    }}
    options={options}
    value={value}
    onChange={(act: ViolationAct | null | undefined) => onChange?.(act ?? null)}
  />
);
