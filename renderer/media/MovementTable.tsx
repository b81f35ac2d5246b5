import type { StickFile } from '../../shared/media.ts';
import { entryText } from '../app/entry-text.ts';
import { text } from '../app/text.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';

type Row = StickFile['movements'][number];

const columns: readonly Column<Row>[] = [
  { id: 'on', title: text('media.on'), width: 110, value: ({ on }) => on },
  { id: 'kind', title: text('media.file.movement'), width: 120, value: ({ kind }) => entryText(kind) },
  {
    id: 'words',
    title: text('media.words'),
    width: 360,
    value: ({ words }) => words,
    show: ({ words }) => <span className="whole">{words}</span>,
  },
  { id: 'by', title: text('media.file.by'), width: 120, value: ({ by }) => by },
];

/** Where a stick has been, newest first. */
export const MovementTable = ({ movements }: { readonly movements: readonly Row[] }) => (
  <div className="table-box">
    <DataTable
      name="stick-movements"
      title={text('media.file.movements')}
      rows={movements}
      rowKey={({ at, kind }) => `${at} ${kind}`}
      columns={columns}
      empty={text('media.file.movementsEmpty')}
      toolbar={<strong>{text('media.file.movements')}</strong>}
    />
  </div>
);
