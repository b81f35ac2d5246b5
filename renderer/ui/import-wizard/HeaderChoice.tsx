import { Alert } from 'antd';
import type { ImportPreview } from '../../../shared/ledger-import.ts';
import { text } from '../../app/text.ts';

/** The first rows as they stand, for the person to point at the heading. */
export const HeaderChoice = ({
  top,
  onChoose,
}: {
  readonly top: ImportPreview['top'];
  readonly onChoose: (row: number) => void;
}) => (
  <>
    <Alert type="warning" showIcon title={text('app.import.headerRowPrompt')} />
    <ul className="waiting">
      {top.map(({ rowNumber, cells }) => (
        <li key={rowNumber}>
          <button type="button" onClick={() => onChoose(rowNumber)}>
            <strong>{text('app.import.row', { row: rowNumber })}</strong>
            {cells.filter((cell) => cell !== '').join('　')}
          </button>
        </li>
      ))}
    </ul>
  </>
);
