import { Form } from 'antd';
import { useState } from 'react';
import { rosterFields } from '../../shared/roster-import.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { ImportWizard } from '../ui/import-wizard/ImportWizard.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StationField, stationOf } from './StationField.tsx';

/** Takes a roster in; the bureau says first whose it is. */
export function ImportRoster() {
  const go = useGo();
  const { kind } = useSite();
  const [station, setStation] = useState<string | null>(null);
  const wizard = (options: Readonly<Record<string, unknown>>) => (
    <ImportWizard slice="roster" fields={rosterFields} options={options} onDone={() => go('persons')} />
  );
  return (
    <Screen title={text('roster.import.title')} back>
      {kind === 'station' ? (
        wizard({})
      ) : (
        <div className="wizard">
          <Form.Item label={text('roster.station.label')} htmlFor="station" required>
            <StationField id="station" value={station} onChange={setStation} />
          </Form.Item>
          {/* Another strength is another comparison: the wizard begins anew. */}
          {station !== null && (
            <div className="wizard-room" key={station}>
              {wizard({ station: stationOf(station) })}
            </div>
          )}
        </div>
      )}
    </Screen>
  );
}
