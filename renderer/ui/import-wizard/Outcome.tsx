import { Alert, Button, Space } from 'antd';
import type { FieldSpec, ImportOutcome } from '../../../shared/ledger-import.ts';
import { text } from '../../app/text.ts';
import { RowTable } from './RowTable.tsx';

/** What became of each row; those refused stay in sight and can be saved as a table. */
export const Outcome = ({
  outcome: { counts, refused },
  fields,
  onAgain,
  onDone,
}: {
  readonly outcome: ImportOutcome;
  readonly fields: readonly FieldSpec[];
  readonly onAgain: () => void;
  readonly onDone: () => void;
}) => (
  <>
    <Alert
      showIcon
      type={refused.length === 0 ? 'success' : 'warning'}
      title={text('app.import.done')}
      description={text('app.import.summary', counts)}
    />
    <Space>
      <Button type="primary" onClick={onDone}>
        {text('app.action.done')}
      </Button>
      <Button onClick={onAgain}>{text('app.import.again')}</Button>
    </Space>
    {refused.length > 0 && (
      <>
        <p>{text('app.import.refusedLeft')}</p>
        <RowTable title={text('app.import.refused')} rows={refused} fields={fields} />
      </>
    )}
  </>
);
