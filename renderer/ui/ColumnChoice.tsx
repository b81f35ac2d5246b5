import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { text } from '../app/text.ts';

/** Which columns of a table are shown. */
export function ColumnChoice({
  columns,
  hidden,
  onChange,
}: {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly onChange: (hidden: readonly string[]) => void;
}) {
  const choice = (
    <Checkbox.Group
      className="column-choice"
      options={columns.map(({ id, title }) => ({ value: id, label: title }))}
      value={columns.map(({ id }) => id).filter((id) => !hidden.includes(id))}
      onChange={(shown) => onChange(columns.map(({ id }) => id).filter((id) => !shown.includes(id)))}
    />
  );
  return (
    <Popover content={choice} trigger="click" placement="bottomRight">
      <Button icon={<SettingOutlined />}>{text('app.table.columns')}</Button>
    </Popover>
  );
}
