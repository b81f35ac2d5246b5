import { Empty, Pagination, Table } from 'antd';
import type { ColumnType } from 'antd/es/table';
import type { ReactNode } from 'react';
import { useAction } from '../app/use-action.ts';
import type { Column } from './DataTable.tsx';
import { useHiddenColumns } from './hidden-columns.ts';
import { openable } from './openable.ts';
import { TableTools } from './TableTools.tsx';
import { useRoom } from './use-room.ts';

/** A column of a list that is sorted and filtered where it is kept; only the page in sight is here. */
export type PagedColumn<R> = Pick<Column<R>, 'id' | 'title' | 'width' | 'value' | 'show' | 'align' | 'fixed'> & {
  /** Can be sorted by. */
  readonly sorts?: boolean;
  readonly choice?: {
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly chosen: readonly string[];
    /** Only one at a time. */
    readonly single?: boolean;
  };
};

/** How a list is looked at: which page of it, in which order. */
export type Paging = { readonly offset: number; readonly sort: string; readonly descending: boolean };

type Props<R> = {
  /** Under which the choice of columns is remembered. */
  readonly name: string;
  /** What the table is called, also as a file. */
  readonly title: string;
  readonly columns: readonly PagedColumn<R>[];
  readonly page: { readonly rows: readonly R[]; readonly total: number } | null;
  readonly pageSize: number;
  readonly paging: Paging;
  readonly onPage: (paging: Paging) => void;
  readonly onFilter: (chosen: Readonly<Record<string, readonly string[]>>) => void;
  /** All rows of all pages, for the file; null when they could not be had. */
  readonly everyRow: () => Promise<readonly R[] | null>;
  readonly rowKey: (row: R) => string;
  readonly loading: boolean;
  readonly onOpen: (row: R) => void;
  readonly empty: ReactNode;
  readonly toolbar: ReactNode;
};

function antColumn<R>(
  { id, title, width, value, show, align, fixed, sorts, choice }: PagedColumn<R>,
  { sort, descending }: Paging,
  isEmpty: boolean,
): ColumnType<R> {
  return {
    key: id,
    title,
    // An empty table has no room to scroll in, so its heads share the width there is.
    ...(isEmpty ? {} : { width }),
    ellipsis: true,
    ...(align ? { align } : {}),
    ...(fixed ? { fixed: 'start' } : {}),
    ...(sorts ? { sorter: true, sortOrder: sort !== id ? null : descending ? 'descend' : 'ascend' } : {}),
    showSorterTooltip: false,
    ...(choice
      ? {
          filters: choice.options.map(({ value: key, label }) => ({ text: label, value: key })),
          filteredValue: [...choice.chosen],
          filterMultiple: !choice.single,
          filterSearch: choice.options.length > 12,
        }
      : {}),
    render: (_cell: unknown, row: R) => (show ? show(row) : value(row)),
  };
}

/** A list too long to be had at once: a page of it, sorted and filtered by the core, saved whole as xlsx. */
export function PagedTable<R extends object>(props: Props<R>) {
  const { name, title, columns, page, pageSize, paging, onPage, onFilter, everyRow, rowKey, loading } = props;
  const [room, height] = useRoom();
  const [hidden, hide] = useHiddenColumns(name);
  const save = useAction('work.saveTable');
  const rows = page?.rows ?? [];
  const total = page?.total ?? 0;
  const visible = columns.filter(({ id }) => !hidden.includes(id));
  const saveTable = async (): Promise<void> => {
    const all = await everyRow();
    if (!all) return;
    const cells = all.map((row) => visible.map((column) => column.value(row)));
    await save.run({ name: title, columns: visible.map((column) => column.title), rows: cells });
  };

  return (
    <section className="data-table" aria-label={title}>
      <TableTools
        toolbar={props.toolbar}
        count={total}
        columns={columns}
        hidden={hidden}
        onHide={hide}
        saving={save}
        onSave={() => void saveTable()}
      />
      <div className="table-room" ref={room}>
        <Table<R>
          size="small"
          virtual={rows.length > 0}
          pagination={false}
          loading={loading}
          rowKey={rowKey}
          columns={visible.map((column) => antColumn(column, paging, rows.length === 0))}
          dataSource={rows}
          scroll={{
            ...(rows.length > 0 ? { x: visible.reduce((sum, { width }) => sum + width, 0) } : {}),
            y: Math.max(120, height - 40),
          }}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={props.empty} /> }}
          onChange={(_page, filters, sorter, { action }) => {
            if (action === 'filter') onFilter(chosenIn(filters));
            if (action === 'sort' && !Array.isArray(sorter))
              onPage({ offset: 0, sort: String(sorter.columnKey), descending: sorter.order === 'descend' });
          }}
          onRow={(row: R) => openable(() => props.onOpen(row))}
        />
      </div>
      {total > pageSize && (
        <Pagination
          className="pages"
          size="small"
          showSizeChanger={false}
          pageSize={pageSize}
          total={total}
          current={paging.offset / pageSize + 1}
          onChange={(number) => onPage({ ...paging, offset: (number - 1) * pageSize })}
        />
      )}
    </section>
  );
}

const chosenIn = (filters: Readonly<Record<string, readonly unknown[] | null>>): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(filters).map(([id, chosen]) => [id, (chosen ?? []).map(String)]));
