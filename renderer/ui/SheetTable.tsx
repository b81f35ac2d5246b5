import type { Answer } from '../app/use-call.ts';
import type { Column } from './DataTable.tsx';
import { Loaded } from './Loaded.tsx';

/** A list on paper: every row and every column, nothing to scroll. */
export const SheetTable = <R extends object>({
  answer,
  columns,
  rowKey,
  empty,
}: {
  readonly answer: Answer<readonly R[]>;
  readonly columns: readonly Pick<Column<R>, 'id' | 'title' | 'value'>[];
  readonly rowKey: (row: R) => string;
  readonly empty: string;
}) => (
  <Loaded answer={answer}>
    {(rows) =>
      rows.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {columns.map(({ id, title }) => (
                <th key={id}>{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map(({ id, value }) => (
                  <td key={id}>{value(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    }
  </Loaded>
);
