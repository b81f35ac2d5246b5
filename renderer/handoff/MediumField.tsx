import { Alert, AutoComplete, Form } from 'antd';
import { useEffect } from 'react';
import type { StickRow } from '../../shared/media.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';

/** As much as a manifest takes. */
const MAX_LENGTH = 60;

const isInUse = ({ isOwn, state }: StickRow): boolean => isOwn && (state === 'in' || state === 'out');
const labelOf = ({ number, holder }: StickRow): string => [number, holder].filter((part) => part !== null).join('　');

/**
 * The number of the stick, from the ledger or typed; a marked stick tells its own when it is chosen. One that was
 * reported lost is told as such: it may have been in other hands. `onChange` must stay the same from drawing to drawing.
 */
export function MediumField({
  drive,
  value,
  onChange,
  disabled,
}: {
  readonly drive: RemovableDrive | null;
  readonly value: string;
  readonly onChange: (medium: string) => void;
  readonly disabled: boolean;
}) {
  const sticks = useCall('media.list', {}).value ?? [];
  const { value: stick } = useCall('media.recognise', drive && { drive: drive.id });
  const recognised = drive && stick ? stick : null;
  const number = recognised?.isOwn ? recognised.number : null;
  const driveId = drive?.id;
  useEffect(() => {
    if (number !== null) onChange(number);
  }, [number, driveId, onChange]);
  return (
    <Form.Item
      className="note"
      label={text('handoff.medium.label')}
      extra={number === null ? text('handoff.medium.hint') : text('handoff.medium.recognised', { number })}
      htmlFor="medium"
    >
      <AutoComplete
        id="medium"
        value={value}
        disabled={disabled}
        options={sticks.filter(isInUse).map((each) => ({ value: each.number, label: labelOf(each) }))}
        showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
        onChange={(typed: string) => onChange(typed.slice(0, MAX_LENGTH))}
      />
      {recognised?.state === 'lost' && (
        <Alert type="error" showIcon className="note" title={text('handoff.medium.lost')} />
      )}
      {recognised && !recognised.isOwn && (
        <Alert
          type="info"
          showIcon
          className="note"
          title={text('handoff.medium.foreign', { station: recognised.station, number: recognised.number })}
        />
      )}
    </Form.Item>
  );
}
