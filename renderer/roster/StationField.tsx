import { Select } from 'antd';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';

/** The stations of the county, for choosing one. */
export function useStations(): { value: string; label: string }[] {
  return (useCall('handoff.board', {}).value ?? []).map(({ station, name }) => ({ value: station, label: name }));
}

/** In the field's own values: the people of the bureau itself. */
export const BUREAU = 'bureau';

/** `null` where the field says the bureau itself. */
export const stationOf = (chosen: string): string | null => (chosen === BUREAU ? null : chosen);

/** Whose strength somebody is on; only the bureau asks. */
export function StationField({
  id,
  value,
  onChange,
}: {
  readonly id: string;
  readonly value: string | null;
  readonly onChange: (chosen: string) => void;
}) {
  const stations = useStations();
  return (
    <Select
      id={id}
      className="station-field"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={text('roster.station.choose')}
      value={value}
      options={[...stations, { value: BUREAU, label: text('roster.station.bureau') }]}
      onChange={onChange}
    />
  );
}
