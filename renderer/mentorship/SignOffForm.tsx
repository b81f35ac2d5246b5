import { Alert, App, Button, Form, Input, Radio, Select, Space } from 'antd';
import { useMemo } from 'react';
import type { PairDetail } from '../../shared/mentorship.ts';
import { stageOn } from '../../shared/mentorship-rules.ts';
import { type Stage, stages, stageTasks } from '../../shared/mentorship-tables.ts';
import { useNavigation, useParams } from '../app/navigation.ts';
import { useMe } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { useDraft } from '../app/use-draft.ts';
import { ChecksField } from '../ui/ChecksField.tsx';
import { DateField } from '../ui/DateField.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { RatingTable } from './RatingTable.tsx';
import { blank, type Draft, signable } from './sign-off-draft.ts';
import { periodText } from './words.tsx';

/** The mentor's sign-off for a period (带教签认). */
export function SignOffForm() {
  const { id } = useParams();
  const me = useMe();
  const answer = useCall('mentorship.getPair', id === undefined ? null : { id });
  const pair = answer.value;
  if (pair?.mentor.id === me.personId) return <Editor pair={pair} />;
  return (
    <Screen title={text('mentorship.signOff.title')} back>
      <Loaded answer={answer}>
        {() => <Alert type="warning" showIcon title={text('mentorship.signOff.notYours')} />}
      </Loaded>
    </Screen>
  );
}

function Editor({ pair }: { readonly pair: PairDetail }) {
  const initial = useMemo(() => blank(pair), [pair]);
  const [draft, change, drop] = useDraft(`sign-off-${pair.id}`, initial);
  const { back } = useNavigation.getState();
  const signOff = useAction('mentorship.signOff');
  const { message } = App.useApp();
  const made = signable(pair.id, draft);
  const consequence = text('mentorship.signOff.consequence', { name: useMe().name });

  const leave = (): void => {
    drop();
    back();
  };
  const submit = async (): Promise<void> => {
    if (!('signs' in made) || !(await signOff.run(made.signs))) return;
    void message.success(text('mentorship.signOff.done'));
    leave();
  };
  return (
    <Screen
      title={text('mentorship.signOff.of', { apprentice: pair.apprentice.name })}
      hint={text('mentorship.signOff.draft')}
      back
      actions={
        <>
          <Button onClick={leave}>{text('mentorship.signOff.discard')}</Button>
          <Button
            type="primary"
            loading={signOff.busy}
            disabled={!('signs' in made)}
            title={consequence}
            onClick={() => void submit()}
          >
            {text('mentorship.signOff.submit')}
          </Button>
        </>
      }
    >
      <ProblemNote problem={signOff.problem} onClose={signOff.clear} />
      <Form layout="vertical">
        <PeriodFields pair={pair} draft={draft} onChange={change} />
        <TaskFields draft={draft} onChange={change} />
        <Form.Item label={text('mentorship.signOff.ratings')} required extra={text('mentorship.signOff.ratingsHint')}>
          <RatingTable value={draft.ratings} onChange={(ratings) => change({ ratings })} />
        </Form.Item>
        <Form.Item label={text('mentorship.signOff.comment')} required htmlFor="comment">
          <Input.TextArea
            id="comment"
            rows={3}
            maxLength={1000}
            value={draft.comment}
            onChange={({ target }) => change({ comment: target.value })}
          />
        </Form.Item>
      </Form>
      <p role="status">{'needs' in made ? made.needs : consequence}</p>
    </Screen>
  );
}

type Fields = { readonly draft: Draft; readonly onChange: (change: Partial<Draft>) => void };

/** The period, with the missing months at hand; the stage follows its end. */
function PeriodFields({ pair, draft, onChange }: Fields & { readonly pair: PairDetail }) {
  const setEnd = (to: string | null): void =>
    onChange(to === null ? { to } : { to, stage: stageOn(pair.startsOn, to) });
  return (
    <>
      {pair.missing.length > 0 && (
        <Form.Item label={text('mentorship.signOff.waiting')}>
          <Space wrap>
            {pair.missing.map(({ from, to }) => (
              <Button
                key={from}
                size="small"
                aria-pressed={draft.from === from && draft.to === to}
                type={draft.from === from && draft.to === to ? 'primary' : 'default'}
                onClick={() => onChange({ from, to, stage: stageOn(pair.startsOn, to) })}
              >
                {periodText({ from, to })}
              </Button>
            ))}
          </Space>
        </Form.Item>
      )}
      <div className="form-line">
        <Form.Item label={text('mentorship.signOff.from')} required htmlFor="from">
          <DateField id="from" notAfterToday value={draft.from} onChange={(from) => onChange({ from })} />
        </Form.Item>
        <Form.Item label={text('mentorship.signOff.to')} required htmlFor="to">
          <DateField id="to" notAfterToday value={draft.to} onChange={setEnd} />
        </Form.Item>
        <Form.Item label={text('mentorship.signOff.stage')} required>
          <Radio.Group
            aria-label={text('mentorship.signOff.stage')}
            options={stages.entries.map(({ key, label }) => ({ value: key, label }))}
            value={draft.stage}
            onChange={({ target }) => onChange({ stage: stages.find(String(target.value)) ?? draft.stage })}
          />
        </Form.Item>
      </div>
    </>
  );
}

const otherStages = (stage: Stage): readonly string[] =>
  stages.entries.flatMap(({ key }) => (key === stage ? [] : stageTasks[key]));

/** What was done: the programme's tasks of the stage ticked, others added. */
function TaskFields({ draft: { stage, tasks }, onChange }: Fields) {
  const programme = stageTasks[stage];
  const others = tasks.filter((task) => !programme.includes(task));
  const ticked = programme.filter((task) => tasks.includes(task));
  return (
    <>
      <Form.Item label={text('mentorship.signOff.tasks')} required>
        <ChecksField
          options={programme.map((task) => ({ value: task, label: task }))}
          value={ticked}
          onChange={(chosen) => onChange({ tasks: [...chosen, ...others] })}
        />
      </Form.Item>
      <Form.Item label={text('mentorship.signOff.otherTasks')} htmlFor="other-tasks">
        <Select
          id="other-tasks"
          mode="tags"
          options={otherStages(stage).map((task) => ({ value: task }))}
          placeholder={text('mentorship.signOff.otherTasksHint')}
          value={others}
          onChange={(added: string[]) =>
            onChange({ tasks: [...ticked, ...added.map((task) => task.trim().slice(0, 100)).filter(Boolean)] })
          }
        />
      </Form.Item>
    </>
  );
}
