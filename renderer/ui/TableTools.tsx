import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Problem } from '../../shared/problem.ts';
import { text } from '../app/text.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import { ProblemNote } from './ProblemNote.tsx';

type Props = {
  /** The screen's own tools, before the table's. */
  readonly toolbar: ReactNode;
  readonly count: number;
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly onHide: (hidden: readonly string[]) => void;
  readonly saving: { readonly busy: boolean; readonly problem: Problem | null; readonly clear: () => void };
  readonly onSave: () => void;
};

/** Above a table: how many rows there are, which columns are seen, and the way out as xlsx. */
export const TableTools = ({ toolbar, count, columns, hidden, onHide, saving, onSave }: Props) => (
  <>
    <div className="toolbar">
      {toolbar}
      <span className="toolbar-count">{text('app.table.count', { count })}</span>
      <ColumnChoice columns={columns} hidden={hidden} onChange={onHide} />
      <Button icon={<DownloadOutlined />} loading={saving.busy} disabled={count === 0} onClick={onSave}>
        {text('app.table.save')}
      </Button>
    </div>
    <ProblemNote problem={saving.problem} onClose={saving.clear} />
  </>
);
