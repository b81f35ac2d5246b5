import { Select } from 'antd';
import { useState } from 'react';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { everyoneOnDuty, type PersonChoice, usePeople } from '../app/people.ts';

type Props<V> = {
  readonly value?: V;
  readonly onChange?: (value: V) => void;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly 'aria-label'?: string;
  /** Ids that are not offered. */
  readonly without?: readonly string[];
  /** Offers those who left as well. */
  readonly withLeft?: boolean;
};

const labelOf = ({ name, badgeNo, unit }: PersonChoice): string =>
  [name, badgeNo, unit].filter((part) => part !== null).join('　');

/** Those found for what is typed: characters, pinyin, initials or badge number; chosen ones keep their names. */
function useOptions(chosen: readonly string[], without: readonly string[], withLeft = false) {
  const [search, setSearch] = useState('');
  const found = useCall('roster.listPersons', {
    ...everyoneOnDuty,
    ...(withLeft ? { statuses: [] } : {}),
    search,
    limit: 100,
  });
  const named = usePeople(chosen);
  const rows = [...(found.value?.rows ?? []), ...named.filter(({ id }) => chosen.includes(id))];
  const byId = new Map(rows.filter(({ id }) => !without.includes(id)).map((row) => [row.id, row]));
  return {
    loading: found.loading,
    options: [...byId.values()].map((row) => ({ value: row.id, label: labelOf(row) })),
    search: { filterOption: false, onSearch: setSearch } as const,
  };
}

const none: readonly string[] = [];

/** One person of the roster. */
export function PersonPicker({ value = null, onChange, without = none, withLeft, ...rest }: Props<string | null>) {
  const { options, loading, search } = useOptions(value === null ? none : [value], without, withLeft);
  return (
    <Select
      placeholder={text('app.person.search')}
      {...rest}
      className="person-picker"
      allowClear
      showSearch={search}
      loading={loading}
      options={options}
      value={value}
      onChange={(id: string | null | undefined) => onChange?.(id ?? null)}
    />
  );
}

/** Several persons of the roster. */
export function PeoplePicker({ value = none, onChange, without = none, ...rest }: Props<readonly string[]>) {
  const { options, loading, search } = useOptions(value, without);
  return (
    <Select
      placeholder={text('app.person.search')}
      {...rest}
      className="person-picker"
      mode="multiple"
      allowClear
      showSearch={{ ...search, autoClearSearchValue: true }}
      loading={loading}
      options={options}
      value={[...value]}
      onChange={(ids: string[]) => onChange?.(ids)}
    />
  );
}
