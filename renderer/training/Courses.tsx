import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select, Switch, Tabs } from 'antd';
import { useState } from 'react';
import type { Course } from '../../shared/training.ts';
import { abilityAreas, courseKinds, trainingMethods } from '../../shared/training-tables.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { Norms } from './Norms.tsx';
import { areasText } from './words.ts';

const stateText = ({ retired }: Course): string =>
  text(retired ? 'training.courses.retired' : 'training.courses.inUse');

const columns: readonly Column<Course>[] = [
  { id: 'code', title: text('training.courses.code'), width: 90, value: ({ code }) => code },
  { id: 'name', title: text('training.courses.name'), width: 220, value: ({ name }) => name },
  {
    id: 'kind',
    title: text('training.sessions.kind'),
    width: 110,
    filter: true,
    value: ({ kind }) => courseKinds.labelOf(kind),
  },
  {
    id: 'method',
    title: text('training.sessions.method'),
    width: 90,
    filter: true,
    value: ({ method }) => trainingMethods.labelOf(method),
  },
  { id: 'hours', title: text('training.sessions.hours'), width: 80, align: 'right', value: ({ hours }) => hours },
  { id: 'areas', title: text('training.courses.areas'), width: 220, value: ({ areas }) => areasText(areas) },
  {
    id: 'state',
    title: text('training.courses.state'),
    width: 90,
    filter: true,
    value: stateText,
    show: (course) => <StateTag look={course.retired ? 'off' : 'good'}>{stateText(course)}</StateTag>,
  },
];

/** What is taught, and how much of it a year asks of everybody. */
export function Courses() {
  const answer = useCall('training.listCourses', {});
  const mayChange = useMay('training.recordCourse');
  const [open, setOpen] = useState<Course | 'new' | null>(null);
  const catalogue = (
    <div className="tab-room">
      <ProblemNote problem={answer.problem} onRetry={answer.reload} />
      <DataTable
        name="courses"
        title={text('training.courses.title')}
        columns={columns}
        rows={answer.value ?? []}
        rowKey={({ code }) => code}
        loading={answer.loading}
        {...(mayChange ? { onOpen: setOpen } : {})}
      />
    </div>
  );
  return (
    <Screen
      title={text('training.courses.title')}
      actions={
        mayChange && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {text('training.courses.add')}
          </Button>
        )
      }
    >
      <Tabs
        className="tabs"
        items={[
          { key: 'courses', label: text('training.courses.title'), children: catalogue },
          { key: 'norms', label: text('training.courses.norms'), children: <Norms /> },
        ]}
      />
      {open && <CourseForm course={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Screen>
  );
}

const required = [{ required: true, message: text('training.form.required') }];
const optionsOf = <K extends string>(table: {
  readonly entries: readonly { readonly key: K; readonly label: string }[];
}) => table.entries.map(({ key, label }) => ({ value: key, label }));

function CourseForm({ course, onClose }: { readonly course: Course | null; readonly onClose: () => void }) {
  const record = useAction('training.recordCourse');
  const submit = async (fields: Course): Promise<void> => {
    if (await record.run({ course: fields, isNew: course === null })) onClose();
  };
  return (
    <FormModal<Course>
      title={text(course ? 'training.courses.edit' : 'training.courses.add')}
      initial={course ?? { areas: [], retired: false, method: 'THEORY' }}
      action={record}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="columns">
        <Form.Item
          name="code"
          label={text('training.courses.code')}
          extra={text('training.courses.codeHint')}
          rules={[...required, { pattern: /^[A-Z0-9-]{2,12}$/, message: text('training.courses.codeHint') }]}
        >
          <Input disabled={course !== null} maxLength={12} />
        </Form.Item>
        <Form.Item name="name" label={text('training.courses.name')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="kind" label={text('training.sessions.kind')} rules={required}>
          <Select options={optionsOf(courseKinds)} />
        </Form.Item>
        <Form.Item name="method" label={text('training.sessions.method')} rules={required}>
          <Select options={optionsOf(trainingMethods)} />
        </Form.Item>
        <Form.Item name="hours" label={text('training.sessions.hours')} rules={required}>
          <InputNumber min={0.5} max={200} step={0.5} />
        </Form.Item>
        <Form.Item name="areas" label={text('training.courses.areas')}>
          <Select mode="multiple" options={optionsOf(abilityAreas)} />
        </Form.Item>
      </div>
      <Form.Item name="retired" label={text('training.courses.retired')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormModal>
  );
}
