import { Empty, Table } from 'antd';
import type { ColumnType } from 'antd/es/table';
import { type Key, type ReactNode, useState } from 'react';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useHiddenColumns } from './hidden-columns.ts';
import { openable } from './openable.ts';
import { TableTools } from './TableTools.tsx';
import { useRoom } from './use-room.ts';

export type Cell = string | number | null;

export type Column<R> = {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  /** What the cell says: shown, sorted by and exported, unless told otherwise below. */
  readonly value: (row: R) => Cell;
  readonly show?: (row: R) => ReactNode;
  readonly sortBy?: (row: R) => Cell;
  readonly align?: 'right' | 'center';
  /** Offers the values found as a filter. */
  readonly filter?: boolean;
  /** Holds buttons: is neither sorted nor exported, and can't be put away. */
  readonly acts?: boolean;
  /** Stays in sight while the rest scrolls sideways. */
  readonly fixed?: boolean;
};

type Props<R> = {
  /** Under which the choice of columns is remembered, and the name of the exported file. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly loading?: boolean;
  readonly onOpen?: (row: R) => void;
  /** Who saves it as a file, where that is an act of its own. */
  readonly saveBy?: 'work.saveTable' | 'discipline.saveList';
  readonly empty?: ReactNode;
  /** Beside the table's own buttons. */
  readonly toolbar?: ReactNode;
  readonly selection?: {
    readonly keys: readonly string[];
    readonly onChange: (keys: readonly string[]) => void;
    /** Rows that can be chosen; all when left out. */
    readonly isOffered?: (row: R) => boolean;
  };
};

/** A column drawn only where it is seen has no width but the one it is given. */
const CHECKBOX_WIDTH = 36;

const order = new Intl.Collator('zh-CN', { numeric: true });
const compare = (a: Cell, b: Cell): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(String(a ?? ''), String(b ?? ''));

function antColumn<R>(
  { id, title, width, value, show, sortBy, align, filter, fixed, acts = false }: Column<R>,
  rows: readonly R[],
): ColumnType<R> {
  const sorted = sortBy ?? value;
  const found = filter ? [...new Set(rows.map((row) => String(value(row) ?? '')))].sort(order.compare) : [];
  return {
    key: id,
    title,
    // An empty table has no room to scroll in, so its heads share the width there is.
    ...(rows.length > 0 ? { width } : {}),
    ellipsis: true,
    ...(align ? { align } : {}),
    ...(fixed ? { fixed: 'start' } : {}),
    ...(acts ? {} : { sorter: (a, b) => compare(sorted(a), sorted(b)), showSorterTooltip: false }),
    ...(found.length > 1
      ? {
          filters: found.map((each) => ({ text: each === '' ? text('app.table.none') : each, value: each })),
          onFilter: (chosen: boolean | Key, row: R) => String(value(row) ?? '') === chosen,
        }
      : {}),
    render: (_cell: unknown, row: R) => (show ? show(row) : value(row)),
  };
}

const widthOf = <R,>(columns: readonly Column<R>[]): number => columns.reduce((sum, { width }) => sum + width, 0);

/** A list of any length: drawn only where it is seen, sorted, filtered, its columns chosen, saved as xlsx. */
export function DataTable<R extends object>(props: Props<R>) {
  const { name, title, columns, rows, rowKey, loading = false, onOpen, empty, toolbar, selection } = props;
  const { saveBy = 'work.saveTable' } = props;
  const [room, height] = useRoom();
  const [hidden, hide] = useHiddenColumns(name);
  const [seen, setSeen] = useState<readonly R[] | null>(null);
  const save = useAction(saveBy);
  const visible = columns.filter(({ id }) => !hidden.includes(id));
  const told = visible.filter(({ acts }) => acts !== true);
  const saveTable = (): void =>
    void save.run({
      name: title,
      columns: told.map((column) => column.title),
      rows: (seen ?? rows).map((row) => told.map((column) => column.value(row))),
    });

  return (
    <section className="data-table" aria-label={title}>
      <TableTools
        toolbar={toolbar}
        count={(seen ?? rows).length}
        columns={columns.filter(({ acts }) => acts !== true)}
        hidden={hidden}
        onHide={hide}
        saving={save}
        onSave={saveTable}
      />
      <div className="table-room" ref={room}>
        <Table<R>
          size="small"
          virtual={rows.length > 0}
          pagination={false}
          loading={loading}
          rowKey={rowKey}
          columns={visible.map((column) => antColumn(column, rows))}
          dataSource={rows}
          scroll={{
            ...(rows.length > 0 ? { x: widthOf(visible) + (selection ? CHECKBOX_WIDTH : 0) } : {}),
            y: Math.max(120, height - 40),
          }}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? text('app.table.empty')} />,
          }}
          onChange={(_page, _filters, _sorter, extra) => setSeen(extra.currentDataSource)}
          {...(selection
            ? {
                rowSelection: {
                  columnWidth: CHECKBOX_WIDTH,
                  selectedRowKeys: [...selection.keys],
                  onChange: (keys: Key[]) => selection.onChange(keys.map(String)),
                  getCheckboxProps: (row: R) => ({ disabled: !(selection.isOffered?.(row) ?? true) }),
                },
              }
            : {})}
          {...(onOpen ? { onRow: (row: R) => openable(() => onOpen(row)) } : {})}
        />
      </div>
    </section>
  );
}
