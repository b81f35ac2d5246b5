import { Alert, Button, Collapse, Segmented, Select } from 'antd';
import { useState } from 'react';
import {
  type FieldSpec,
  type ImportInput,
  type ImportPreview,
  type Verdict,
  verdicts,
} from '../../../shared/ledger-import.ts';
import { text } from '../../app/text.ts';
import { HeaderChoice } from './HeaderChoice.tsx';
import { RowTable } from './RowTable.tsx';

/** What the person settled before the import: which sheet and columns, and the mended cells. */
export type Settled = Omit<ImportInput, 'file'>;

type Props = {
  readonly preview: ImportPreview;
  readonly loading: boolean;
  readonly fields: readonly FieldSpec[];
  readonly settled: Settled;
  readonly onSettle: (settled: Settled) => void;
  readonly busy: boolean;
  readonly onImport: () => void;
};

/** Every row with its verdict before anything is written. */
export function Preview(props: Props) {
  const { preview, loading, fields, settled, onSettle, busy, onImport } = props;
  const [shown, setShown] = useState<Verdict | 'all'>('all');
  const { counts } = preview;
  const ready = counts.accepted + counts.repaired;
  const mend = (row: number, field: string, value: string): void => {
    const others = settled.edits.filter((edit) => edit.row !== row || edit.field !== field);
    onSettle({ ...settled, edits: [...others, { row, field, value }] });
  };
  const labels = preview.missing.map((name) => fields.find(({ field }) => field === name)?.label ?? name);

  return (
    <>
      <div className="wizard-settings">
        {preview.sheets.length > 1 && (
          <label>
            {text('app.import.sheet')}{' '}
            <Select
              aria-label={text('app.import.sheet')}
              value={preview.sheet}
              options={preview.sheets.map(({ name }, value) => ({ value, label: name }))}
              // Another sheet is another table: what was settled for the one does not fit the other.
              onChange={(sheet: number) => onSettle({ sheet, edits: [] })}
            />
          </label>
        )}
        <span>
          {text('app.import.headerRow')}：
          {preview.headerRow === null ? '—' : text('app.import.row', { row: preview.headerRow })}
        </span>
        <Segmented<Verdict | 'all'>
          aria-label={text('app.import.verdict')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all' as const, label: `${text('app.import.all')} ${String(counts.total)}` },
            ...verdicts.map((verdict) => ({
              value: verdict,
              label: `${text(`app.import.${verdict}`)} ${String(counts[verdict])}`,
              disabled: counts[verdict] === 0,
            })),
          ]}
        />
        <Button type="primary" disabled={ready === 0 || busy || loading} onClick={onImport}>
          {ready === 0 ? text('app.import.nothing') : text('app.import.import', { count: ready })}
        </Button>
      </div>
      {preview.headerRow === null ? (
        <HeaderChoice top={preview.top} onChoose={(headerRow) => onSettle({ ...settled, headerRow, edits: [] })} />
      ) : (
        <>
          {labels.length > 0 && (
            <Alert type="warning" showIcon title={text('app.import.missing', { fields: labels.join('、') })} />
          )}
          <Collapse
            size="small"
            defaultActiveKey={labels.length > 0 ? ['mapping'] : []}
            items={[
              {
                key: 'mapping',
                label: text('app.import.mapping'),
                children: (
                  <Mapping preview={preview} fields={fields} onMap={(mapping) => onSettle({ ...settled, mapping })} />
                ),
              },
            ]}
          />
          <RowTable
            title={text('app.import.title')}
            rows={preview.rows.filter(({ verdict }) => shown === 'all' || verdict === shown)}
            fields={fields.filter(({ field }) => field in preview.mapping)}
            loading={loading}
            onMend={mend}
          />
        </>
      )}
    </>
  );
}

/** Which column holds what. */
function Mapping({
  preview,
  fields,
  onMap,
}: {
  readonly preview: ImportPreview;
  readonly fields: readonly FieldSpec[];
  readonly onMap: (mapping: Record<string, number>) => void;
}) {
  const columns = preview.headings.map(({ column, text: label }) => ({ value: column, label }));
  const map = (field: string, column: number | undefined): void => {
    const { [field]: _former, ...others } = preview.mapping;
    onMap(column === undefined ? others : { ...others, [field]: column });
  };
  return (
    <div className="mapping">
      {fields.map(({ field, label, required }) => (
        <label key={field}>
          <span>{required ? `${label} *` : label}</span>
          <Select
            aria-label={label}
            allowClear={!required}
            placeholder={text('app.import.noColumn')}
            value={preview.mapping[field] ?? null}
            options={columns}
            onChange={(column: number | null | undefined) => map(field, column ?? undefined)}
          />
        </label>
      ))}
    </div>
  );
}
