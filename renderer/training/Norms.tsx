import { Button, Form, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { identityKinds } from '../../shared/code-tables.ts';
import type { Input, Output } from '../../shared/contract.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { FormModal } from '../ui/FormModal.tsx';

type Norm = Output<'training.listNorms'>[number];
type Setting = Input<'training.setNorm'>;

const columns: readonly Column<Norm>[] = [
  {
    id: 'identity',
    title: text('training.courses.identity'),
    width: 200,
    value: ({ identityKind }) => identityKinds.labelOf(identityKind),
  },
  { id: 'days', title: text('training.courses.days'), width: 100, align: 'right', value: ({ days }) => days },
  {
    id: 'setBy',
    title: text('training.courses.setBy'),
    width: 120,
    value: ({ setBy }) => text(`training.courses.by.${setBy}`),
  },
];

/** Training days a year asked of each identity. */
export function Norms() {
  const year = Number(dayjs().format('YYYY'));
  const answer = useCall('training.listNorms', { year });
  const maySet = useMay('training.setNorm');
  const [open, setOpen] = useState<Partial<Setting> | null>(null);
  const set = useAction('training.setNorm');
  const submit = async (setting: Setting): Promise<void> => {
    if (await set.run(setting)) setOpen(null);
  };
  const edit = ({ identityKind, days }: Norm): void => setOpen({ identityKind, days, fromYear: year });
  return (
    <div className="tab-room">
      <DataTable
        name="norms"
        title={text('training.courses.norms')}
        columns={columns}
        rows={answer.value ?? []}
        rowKey={({ identityKind }) => identityKind}
        loading={answer.loading}
        toolbar={
          maySet && <Button onClick={() => setOpen({ fromYear: year })}>{text('training.courses.setNorm')}</Button>
        }
        {...(maySet ? { onOpen: edit } : {})}
      />
      {open && (
        <FormModal<Setting>
          title={text('training.courses.setNorm')}
          initial={open}
          action={set}
          onSubmit={submit}
          onClose={() => setOpen(null)}
        >
          <div className="columns">
            <Form.Item
              name="identityKind"
              label={text('training.courses.identity')}
              rules={[{ required: true, message: text('training.form.required') }]}
            >
              <Select options={identityKinds.entries.map(({ key, label }) => ({ value: key, label }))} />
            </Form.Item>
            <Form.Item
              name="days"
              label={text('training.courses.days')}
              rules={[{ required: true, message: text('training.form.required') }]}
            >
              <InputNumber min={0} max={200} step={0.5} />
            </Form.Item>
            <Form.Item
              name="fromYear"
              label={text('training.courses.fromYear')}
              rules={[{ required: true, message: text('training.form.required') }]}
            >
              <InputNumber min={2000} max={2200} />
            </Form.Item>
          </div>
        </FormModal>
      )}
    </div>
  );
}
