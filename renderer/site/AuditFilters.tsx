import { Select } from 'antd';
import type { AuditFilter } from '../../shared/site-audit.ts';
import { entryChoices } from '../app/entry-text.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { DateField } from '../ui/DateField.tsx';
import { PersonPicker } from '../ui/PersonPicker.tsx';

export const noFilter: AuditFilter = { person: null, account: null, kind: null, from: null, to: null };

/** What of the journal is looked for: whose file, by whom, what, and when. */
export function AuditFilters({
  filter,
  onChange,
}: {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}) {
  const accounts = useCall('site.listAccounts', {});
  const change = (part: Partial<AuditFilter>): void => onChange({ ...filter, ...part });
  const find = (typed: string, option?: { readonly label: string }): boolean => option?.label.includes(typed) ?? false;
  return (
    <>
      <PersonPicker
        withLeft
        aria-label={text('site.audit.person')}
        placeholder={text('site.audit.person')}
        value={filter.person}
        onChange={(person) => change({ person })}
      />
      <Select
        aria-label={text('site.audit.account')}
        placeholder={text('site.audit.account')}
        className="audit-choice"
        allowClear
        showSearch={{ filterOption: find }}
        value={filter.account}
        onChange={(account: string | undefined) => change({ account: account ?? null })}
        options={(accounts.value ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        aria-label={text('site.audit.kind')}
        placeholder={text('site.audit.kind')}
        className="audit-choice"
        allowClear
        showSearch={{ filterOption: find }}
        value={filter.kind}
        onChange={(kind: string | undefined) => change({ kind: kind ?? null })}
        options={[...entryChoices]}
      />
      <DateField aria-label={text('site.audit.from')} value={filter.from} onChange={(from) => change({ from })} />
      <span>{text('site.audit.until')}</span>
      <DateField aria-label={text('site.audit.to')} value={filter.to} onChange={(to) => change({ to })} />
    </>
  );
}
