import { App, Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { type IncidentSource, incidentSources } from '../../shared/discipline-entries.ts';
import { localDay } from '../../shared/dates.ts';
import type { ViolationAct } from '../../shared/violation-kinds.ts';
import { type ChosenFile, MAX_SCANS } from '../../shared/work.ts';
import { useNavigation } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { useDraft } from '../app/use-draft.ts';
import { DateField } from '../ui/DateField.tsx';
import { FileField } from '../ui/FileField.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { PeoplePicker } from '../ui/PersonPicker.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { CategoryField } from './CategoryField.tsx';

type Draft = {
  readonly source: IncidentSource | null;
  readonly reporter: string;
  readonly foundOn: string | null;
  readonly actedOn: string | null;
  readonly people: readonly string[];
  readonly category: ViolationAct | null;
  readonly facts: string;
  readonly files: readonly ChosenFile[];
};
const blank: Draft = {
  source: null,
  reporter: '',
  foundOn: localDay(new Date()),
  actedOn: null,
  people: [],
  category: null,
  facts: '',
  files: [],
};
const sources = incidentSources.entries.map(({ key, label }) => ({ value: key, label }));

/** Records a clue (线索). */
export function IncidentForm() {
  const [draft, change, drop] = useDraft('incident-new', blank);
  const { back } = useNavigation.getState();
  const record = useJob('discipline.recordIncident');
  const { message } = App.useApp();
  const { source, foundOn, category, facts, people, files, reporter, actedOn } = draft;
  const leave = (): void => {
    drop();
    back();
  };
  const save = async (): Promise<void> => {
    if (source === null || foundOn === null || category === null) return;
    const kept = { source, foundOn, category, facts, actedOn, people: [...people], reporter: reporter.trim() || null };
    const recorded = await record.run({ ...kept, evidence: files.map(({ id }) => id) });
    if (!recorded) return;
    void message.success(text('discipline.form.saved', { number: recorded.number }));
    leave();
  };
  const isWhole = source !== null && foundOn !== null && category !== null && facts.trim() !== '';
  return (
    <Screen
      title={text('discipline.form.title')}
      hint={text('discipline.form.hint')}
      back
      actions={
        <>
          <Button onClick={leave}>{text('discipline.form.discard')}</Button>
          <Button type="primary" loading={record.busy} disabled={!isWhole} onClick={() => void save()}>
            {text('app.action.save')}
          </Button>
        </>
      }
    >
      {record.progress && <JobBar job={record} steps={() => text('app.file.keeping')} />}
      <ProblemNote problem={record.problem} onClose={record.clear} />
      <Form layout="vertical" className="form">
        <div className="columns">
          <Item id="source" label={text('discipline.form.source')} required>
            <Select id="source" options={sources} value={source} onChange={(key) => change({ source: key })} />
          </Item>
          <Item id="reporter" label={text('discipline.form.reporter')} hint={text('discipline.form.reporterHint')}>
            <Input
              id="reporter"
              maxLength={200}
              value={reporter}
              onChange={({ target }) => change({ reporter: target.value })}
            />
          </Item>
          <Item id="foundOn" label={text('discipline.form.foundOn')} required>
            <DateField id="foundOn" notAfterToday value={foundOn} onChange={(day) => change({ foundOn: day })} />
          </Item>
          <Item id="actedOn" label={text('discipline.form.actedOn')}>
            <DateField id="actedOn" notAfterToday value={actedOn} onChange={(day) => change({ actedOn: day })} />
          </Item>
          <Item id="category" label={text('discipline.form.category')} required>
            <CategoryField id="category" value={category} onChange={(act) => change({ category: act })} />
          </Item>
          <Item id="people" label={text('discipline.form.people')} hint={text('discipline.form.peopleHint')}>
            <PeoplePicker id="people" value={people} onChange={(ids) => change({ people: ids })} />
          </Item>
        </div>
        <Item id="facts" label={text('discipline.form.facts')} hint={text('discipline.form.factsHint')} required>
          <Input.TextArea
            id="facts"
            rows={6}
            maxLength={8000}
            value={facts}
            onChange={({ target }) => change({ facts: target.value })}
          />
        </Item>
        <Form.Item label={text('discipline.form.evidence')}>
          <FileField
            kind="scan"
            many
            max={MAX_SCANS}
            problem={record.problem}
            label={text('discipline.form.addEvidence')}
            value={files}
            onChange={(chosen) => change({ files: chosen })}
          />
        </Form.Item>
      </Form>
    </Screen>
  );
}

const Item = ({
  id,
  label,
  hint,
  required = false,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly children: ReactNode;
}) => (
  <Form.Item label={label} htmlFor={id} required={required} {...(hint ? { extra: hint } : {})}>
    {children}
  </Form.Item>
);
