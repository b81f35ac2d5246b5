import { AutoComplete, Form, Input, InputNumber, Radio, Select } from 'antd';
import { courseKinds, trainingMethods } from '../../shared/training-tables.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { DateField } from '../ui/DateField.tsx';
import { PersonPicker } from '../ui/PersonPicker.tsx';
import type { Draft } from './draft.ts';

const optionsOf = <K extends string>(table: {
  readonly entries: readonly { readonly key: K; readonly label: string }[];
}) => table.entries.map(({ key, label }) => ({ value: key, label }));

type Props = { readonly draft: Draft; readonly onChange: (change: Partial<Draft>) => void };

/** What was taught, when, where and by whom; a course of the catalogue fills in what it knows. */
export function SessionFacts({ draft, onChange }: Props) {
  const courses = (useCall('training.listCourses', {}).value ?? []).filter(({ retired }) => !retired);
  const name = (title: string): void => {
    const course = courses.find((one) => one.name === title);
    if (!course) {
      onChange({ title, course: null });
      return;
    }
    const { code, kind, areas, method, hours } = course;
    onChange({ title, course: code, kind, areas, method, hours });
  };
  return (
    <div className="columns">
      <Form.Item label={text('training.sessions.name')} required htmlFor="title">
        <AutoComplete
          id="title"
          value={draft.title}
          placeholder={text('training.form.coursePlaceholder')}
          options={courses.map((course) => ({ value: course.name }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
          onChange={name}
        />
      </Form.Item>
      <Form.Item label={text('training.sessions.heldOn')} required htmlFor="held-on">
        <DateField id="held-on" notAfterToday value={draft.heldOn} onChange={(heldOn) => onChange({ heldOn })} />
      </Form.Item>
      <Form.Item label={text('training.sessions.hours')} required htmlFor="hours">
        <InputNumber
          id="hours"
          min={0.5}
          max={200}
          step={0.5}
          value={draft.hours}
          onChange={(hours) => onChange({ hours })}
        />
      </Form.Item>
      <Form.Item label={text('training.sessions.kind')} required htmlFor="kind">
        <Select id="kind" value={draft.kind} options={optionsOf(courseKinds)} onChange={(kind) => onChange({ kind })} />
      </Form.Item>
      <Form.Item label={text('training.sessions.method')} required htmlFor="method">
        <Select
          id="method"
          value={draft.method}
          options={optionsOf(trainingMethods)}
          onChange={(method) => onChange({ method })}
        />
      </Form.Item>
      <Form.Item label={text('training.sessions.place')} htmlFor="place">
        <Input
          id="place"
          maxLength={60}
          value={draft.place ?? ''}
          onChange={({ target }) => onChange({ place: target.value || null })}
        />
      </Form.Item>
      <Instructor draft={draft} onChange={onChange} />
      <Form.Item label={text('training.session.remarks')} htmlFor="remarks">
        <Input
          id="remarks"
          maxLength={500}
          value={draft.remarks ?? ''}
          onChange={({ target }) => onChange({ remarks: target.value || null })}
        />
      </Form.Item>
      <Form.Item label={text('training.session.cost')} htmlFor="cost">
        <InputNumber
          id="cost"
          min={0}
          max={10_000_000}
          value={draft.costYuan}
          onChange={(costYuan) => onChange({ costYuan })}
        />
      </Form.Item>
    </div>
  );
}

/** Somebody of the strength, or somebody from outside by name. */
const Instructor = ({ draft, onChange }: Props) => (
  <Form.Item label={text('training.sessions.instructor')} required>
    <div className="instructor">
      <Radio.Group
        value={draft.isOutside}
        onChange={({ target }) => onChange({ isOutside: target.value === true })}
        options={[
          { value: false, label: text('training.form.own') },
          { value: true, label: text('training.form.outside') },
        ]}
      />
      {draft.isOutside ? (
        <Input
          maxLength={60}
          aria-label={text('training.form.instructorOutside')}
          placeholder={text('training.form.instructorOutside')}
          value={draft.instructorName ?? ''}
          onChange={({ target }) => onChange({ instructorName: target.value || null })}
        />
      ) : (
        <PersonPicker
          aria-label={text('training.sessions.instructor')}
          value={draft.instructorId}
          onChange={(instructorId) => onChange({ instructorId })}
        />
      )}
    </div>
  </Form.Item>
);
