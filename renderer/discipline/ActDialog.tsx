import { Form } from 'antd';
import type { ReactNode } from 'react';
import type { CallName, Input } from '../../shared/contract.ts';
import type { IncidentView } from '../../shared/discipline.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { JobBar } from '../ui/JobBar.tsx';

export type DialogProps = { readonly incident: IncidentView; readonly onClose: () => void };

/** One signed act in a window of its own: what it means, its fields, its refusal. */
export function ActDialog<N extends CallName, F extends object>({
  call,
  title,
  meaning,
  initial,
  inputOf,
  onClose,
  children,
}: {
  readonly call: N;
  readonly title: string;
  readonly meaning?: string;
  readonly initial?: Partial<F>;
  readonly inputOf: (fields: F) => Input<N>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const act = useJob(call);
  const submit = async (fields: F): Promise<void> => {
    if (await act.run(inputOf(fields))) onClose();
  };
  return (
    <FormModal<F>
      title={title}
      confirm={text('discipline.dialog.sign')}
      {...(initial ? { initial } : {})}
      action={act}
      onSubmit={submit}
      onClose={onClose}
    >
      {meaning !== undefined && <p>{meaning}</p>}
      {children}
      {act.progress && <JobBar job={act} steps={() => text('app.file.keeping')} />}
    </FormModal>
  );
}

/** A labelled field of such a window. */
export const Field = ({
  name,
  label,
  hint,
  optional = false,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly children: ReactNode;
}) => (
  <Form.Item
    name={name}
    label={label}
    {...(hint === undefined ? {} : { extra: hint })}
    rules={optional ? [] : [{ required: true, message: text('discipline.form.required') }]}
  >
    {children}
  </Form.Item>
);
