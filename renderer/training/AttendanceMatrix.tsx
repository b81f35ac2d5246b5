import { Button, Input, Select } from 'antd';
import type { Attendance } from '../../shared/training.ts';
import { attendanceStates, attends } from '../../shared/training-tables.ts';
import { everyoneOnDuty, usePeople } from '../app/people.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { PeoplePicker } from '../ui/PersonPicker.tsx';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';

const looks = { PRESENT: 'good', LATE: 'warning', EXCUSED: 'waiting', ABSENT: 'bad' } as const satisfies Record<
  Attendance['state'],
  StateLook
>;

/** The next state when somebody's is clicked: 到, 迟到, 请假, 缺席, and round again. */
const nextState = (state: Attendance['state']): Attendance['state'] => {
  const keys = attendanceStates.entries.map(({ key }) => key);
  return keys[(keys.indexOf(state) + 1) % keys.length] ?? 'PRESENT';
};

const present = (personId: string): Attendance => ({
  personId,
  state: 'PRESENT',
  reason: null,
  result: 'NOT_ASSESSED',
});

/** Who came to a session and how each did, on one sheet. */
export function AttendanceMatrix({
  value,
  onChange,
}: {
  readonly value: readonly Attendance[];
  readonly onChange: (value: readonly Attendance[]) => void;
}) {
  const onDuty = useCall('roster.listPersons', { ...everyoneOnDuty, statuses: ['ON_DUTY'] }).value?.rows ?? [];
  const ids = value.map(({ personId }) => personId);
  const people = usePeople(ids);
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? '';
  const choose = (chosen: readonly string[]): void =>
    onChange(chosen.map((id) => value.find(({ personId }) => personId === id) ?? present(id)));
  const change = (changed: Attendance): void =>
    onChange(value.map((one) => (one.personId === changed.personId ? changed : one)));
  const passAll = (): void =>
    onChange(value.map((one) => (attends(one.state) ? { ...one, result: 'PASSED' as const } : one)));

  return (
    <section aria-label={text('training.form.people')}>
      <div className="toolbar">
        <PeoplePicker value={ids} onChange={choose} aria-label={text('training.form.people')} />
        <Button onClick={() => choose([...new Set([...ids, ...onDuty.map(({ id }) => id)])])}>
          {text('training.form.allOnDuty', { count: onDuty.length })}
        </Button>
        <Button onClick={() => choose([])} disabled={ids.length === 0}>
          {text('training.form.clear')}
        </Button>
        <Button onClick={passAll} disabled={ids.length === 0}>
          {text('training.form.allPassed')}
        </Button>
        <span className="toolbar-count">
          {text('training.form.counts', {
            expected: value.length,
            present: value.filter(({ state }) => attends(state)).length,
          })}
        </span>
      </div>
      <p className="screen-hint">{text('training.form.peopleHint')}</p>
      <ul className="attendance">
        {value.map((one) => (
          <AttendanceRow key={one.personId} name={nameOf(one.personId)} value={one} onChange={change} />
        ))}
      </ul>
    </section>
  );
}

function AttendanceRow({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: Attendance;
  readonly onChange: (value: Attendance) => void;
}) {
  const state = attendanceStates.labelOf(value.state);
  const cycle = (): void => {
    const next = nextState(value.state);
    const gone = !attends(next);
    onChange({
      ...value,
      state: next,
      reason: next === 'PRESENT' ? null : value.reason,
      result: gone ? 'NOT_ASSESSED' : value.result,
    });
  };
  return (
    <li>
      <strong>{name}</strong>
      <Button size="small" onClick={cycle} aria-label={text('training.form.stateOf', { name, state })}>
        <StateTag look={looks[value.state]}>{state}</StateTag>
      </Button>
      {value.state === 'PRESENT' ? (
        <span />
      ) : (
        <Input
          size="small"
          maxLength={60}
          aria-label={text('training.form.reasonOf', { name })}
          placeholder={text('training.session.reason')}
          value={value.reason ?? ''}
          onChange={({ target }) => onChange({ ...value, reason: target.value })}
        />
      )}
      {attends(value.state) ? <ResultField name={name} value={value} onChange={onChange} /> : <span />}
    </li>
  );
}

const words = ['NOT_ASSESSED', 'PASSED', 'FAILED'] as const;

/** A result in words, or a score typed as a number. */
function ResultField({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: Attendance;
  readonly onChange: (value: Attendance) => void;
}) {
  const isScore = typeof value.result === 'number';
  const options: { value: string; label: string }[] = words.map((word) => ({
    value: word,
    label: text(`training.result.${word}`),
  }));
  const choose = (typed: string): void => {
    const word = words.find((one) => one === typed);
    const score = Number(typed);
    if (word) onChange({ ...value, result: word });
    else if (typed.trim() !== '' && score >= 0 && score <= 100) onChange({ ...value, result: score });
  };
  return (
    <Select
      size="small"
      aria-label={text('training.form.resultOf', { name })}
      showSearch={{ filterOption: false, onSearch: choose }}
      value={String(value.result)}
      options={isScore ? [...options, { value: String(value.result), label: String(value.result) }] : options}
      onChange={choose}
    />
  );
}
