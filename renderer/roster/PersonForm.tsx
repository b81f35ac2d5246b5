import { App, Button, Form, Input } from 'antd';
import { useMemo, useState } from 'react';
import type { PersonView } from '../../shared/roster.ts';
import { useNavigation, useParams } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { useDraft } from '../app/use-draft.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { blank, type Draft, draftOf, factsIn, type Faults } from './draft.ts';
import { NamesakeDialog } from './NamesakeDialog.tsx';
import { PersonField } from './PersonFields.tsx';
import { sections } from './sections.ts';
import { StationField, stationOf } from './StationField.tsx';

/** Records a person, or a new version of the one the place names. */
export function PersonForm() {
  const { id } = useParams();
  const known = useCall('roster.getPerson', id === undefined ? null : { id });
  if (id === undefined) return <Editor person={null} onReload={() => undefined} />;
  return <Loaded answer={known}>{(person) => <Editor person={person} onReload={known.reload} />}</Loaded>;
}

function Editor({ person, onReload }: { readonly person: PersonView | null; readonly onReload: () => void }) {
  const initial = useMemo(() => (person ? draftOf(person) : blank), [person]);
  const [draft, change, drop] = useDraft(`person-${person?.id ?? 'new'}`, initial);
  const { back } = useNavigation.getState();
  const { kind } = useSite();
  const asksStation = kind === 'bureau' && person === null;
  const record = useAction('roster.recordPerson');
  const { message } = App.useApp();
  // Nothing is called wrong before the person is done with it.
  const [tried, setTried] = useState(false);
  const { facts, faults } = checked(draft, person !== null, asksStation);

  const save = async (namesakeConfirmed: boolean): Promise<void> => {
    setTried(true);
    if (!facts) return;
    const { version, reason, station } = draft;
    const whose = asksStation && station !== null ? { station: stationOf(station) } : {};
    const saved = await record.run({ id: person?.id ?? null, version, facts, reason, namesakeConfirmed, ...whose });
    if (!saved) return;
    drop();
    void message.success(text('roster.form.saved'));
    back();
  };
  const discard = (): void => {
    drop();
    back();
  };
  const startOver = (): void => {
    drop();
    record.clear();
    onReload();
  };
  const { problem } = record;
  const isNamesake = problem?.code === 'roster.namesake';

  return (
    <Screen
      title={person ? text('roster.form.edit', { name: person.name }) : text('roster.form.add')}
      hint={text('roster.form.draft')}
      back
      actions={
        <>
          {tried && !facts && <span role="status">{text('roster.form.faulty')}</span>}
          <Button onClick={discard}>{text('roster.form.discard')}</Button>
          <Button type="primary" loading={record.busy} onClick={() => void save(false)}>
            {text('app.action.save')}
          </Button>
        </>
      }
    >
      {!isNamesake && <ProblemNote problem={problem} onClose={record.clear} />}
      {problem?.code === 'roster.changed-meanwhile' && (
        <Button onClick={startOver}>{text('roster.form.startOver')}</Button>
      )}
      <Fields draft={draft} onChange={change} faults={tried ? faults : {}} person={person} asksStation={asksStation} />
      {isNamesake && (
        <NamesakeDialog problem={problem} name={draft.name} onConfirm={() => void save(true)} onClose={record.clear} />
      )}
    </Screen>
  );
}

/** What can be recorded, and what is missing or wrong; a change says why it was made. */
function checked(draft: Draft, isChange: boolean, asksStation: boolean): ReturnType<typeof factsIn> {
  const { facts, faults } = factsIn(draft);
  const missing = text('roster.form.required');
  const more: Faults = {
    ...(isChange && draft.reason.trim() === '' ? { reason: missing } : {}),
    ...(asksStation && draft.station === null ? { station: missing } : {}),
  };
  return { facts: Object.keys(more).length === 0 ? facts : null, faults: { ...faults, ...more } };
}

type FieldsProps = {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly faults: Faults;
  readonly person: PersonView | null;
  readonly asksStation: boolean;
};

const Fields = ({ draft, onChange, faults, person, asksStation }: FieldsProps) => (
  <Form layout="vertical">
    {asksStation && (
      <Form.Item label={text('roster.station.label')} htmlFor="station" required {...faultOf(faults.station)}>
        <StationField id="station" value={draft.station} onChange={(station) => onChange({ station })} />
      </Form.Item>
    )}
    {sections.map(({ id, fields }) => (
      <section key={id} className="person-section">
        <h2>{text(`roster.section.${id}`)}</h2>
        <div className={fields.length > 1 ? 'columns dense' : ''}>
          {fields.map((field) => (
            <PersonField
              key={field}
              {...{ field, draft, faults, onChange }}
              maskedResidentId={person?.maskedResidentId ?? null}
            />
          ))}
        </div>
      </section>
    ))}
    {person && (
      <Form.Item label={text('roster.form.reason')} htmlFor="reason" required {...faultOf(faults.reason)}>
        <Input
          id="reason"
          maxLength={500}
          value={draft.reason}
          onChange={({ target }) => onChange({ reason: target.value })}
        />
      </Form.Item>
    )}
  </Form>
);

const faultOf = (fault: string | undefined) =>
  fault === undefined ? {} : { validateStatus: 'error' as const, help: fault };
