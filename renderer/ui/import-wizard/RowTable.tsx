import { Input } from 'antd';
import { useState } from 'react';
import type { FieldSpec, ImportRow } from '../../../shared/ledger-import.ts';
import { noteText, text } from '../../app/text.ts';
import { type Column, DataTable } from '../DataTable.tsx';
import { StateTag } from '../StateTag.tsx';
import { verdictLooks } from './verdict-looks.ts';

const notesOf = ({ notes }: ImportRow): string => notes.map(noteText).join('；');

const widthOf = ({ field, label }: FieldSpec): number =>
  /remark|facts|content|people|names|attend/i.test(field) ? 240 : Math.max(100, label.length * 18);

const fixedColumns: readonly Column<ImportRow>[] = [
  { id: 'row', title: text('app.import.rowNumber'), width: 64, value: ({ rowNumber }) => rowNumber, fixed: true },
  {
    id: 'verdict',
    title: text('app.import.verdict'),
    width: 118,
    fixed: true,
    value: ({ verdict }) => text(`app.import.${verdict}`),
    show: ({ verdict }) => <StateTag look={verdictLooks[verdict]}>{text(`app.import.${verdict}`)}</StateTag>,
  },
  {
    id: 'notes',
    title: text('app.import.notes'),
    width: 300,
    value: notesOf,
    show: (row) => <span title={notesOf(row)}>{notesOf(row)}</span>,
  },
];

/** Rows of a ledger with their verdicts; with `onMend` each cell can be put right. */
export function RowTable({
  title,
  rows,
  fields,
  loading = false,
  onMend,
}: {
  readonly title: string;
  readonly rows: readonly ImportRow[];
  readonly fields: readonly FieldSpec[];
  readonly loading?: boolean;
  readonly onMend?: (row: number, field: string, value: string) => void;
}) {
  const cellColumns = fields.map((spec): Column<ImportRow> => {
    const { field, label } = spec;
    return {
      id: field,
      title: label,
      width: widthOf(spec),
      value: ({ cells }) => cells[field] ?? '',
      ...(onMend
        ? {
            show: ({ rowNumber, cells, notes, verdict }) => (
              <EditableCell
                // A value that came back another way is a new cell.
                key={cells[field] ?? ''}
                label={`${text('app.import.row', { row: rowNumber })} ${label}`}
                value={cells[field] ?? ''}
                faulty={notes.some((note) => note.field === field)}
                disabled={verdict === 'skipped'}
                onChange={(value) => onMend(rowNumber, field, value)}
              />
            ),
          }
        : {}),
    };
  });
  return (
    <DataTable
      name="import"
      title={title}
      columns={[...fixedColumns, ...cellColumns]}
      rows={rows}
      rowKey={({ rowNumber }) => String(rowNumber)}
      loading={loading}
      {...(onMend ? { toolbar: text('app.import.mend') } : {})}
    />
  );
}

function EditableCell({
  label,
  value,
  faulty,
  disabled,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly faulty: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) {
  const [editing, setEditing] = useState(false);
  if (disabled) return value;
  if (!editing) {
    return (
      <button
        type="button"
        className={faulty ? 'cell-edit faulty' : 'cell-edit'}
        aria-label={`${label}：${value}`}
        title={value}
        onClick={() => setEditing(true)}
      >
        {value}
      </button>
    );
  }
  const leave = (typed: string): void => {
    setEditing(false);
    if (typed !== value) onChange(typed);
  };
  return (
    <Input
      autoFocus
      size="small"
      aria-label={label}
      defaultValue={value}
      maxLength={4000}
      onBlur={({ target }) => leave(target.value)}
      onPressEnter={({ currentTarget }) => leave(currentTarget.value)}
      onKeyDown={({ key }) => key === 'Escape' && setEditing(false)}
    />
  );
}
