import { App, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { addDays, localDay } from '../../shared/dates.ts';
import type { PairRow } from '../../shared/mentorship.ts';
import { addMonths, TERM_MONTHS } from '../../shared/mentorship-rules.ts';
import { type GraduationResult, graduationResults } from '../../shared/mentorship-tables.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { DateField } from '../ui/DateField.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { PersonPicker } from '../ui/PersonPicker.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';

type Closing = { readonly onClose: () => void };
type AboutPair = Closing & { readonly pair: PairRow };

const today = (): string => localDay(new Date());
const usualEnd = (startsOn: string): string => addDays(addMonths(startsOn, TERM_MONTHS), -1);
const required = [{ required: true, message: text('mentorship.form.required') }];

type PairFields = {
  readonly mentor: string;
  readonly apprentice: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly agreement?: string;
};

/** 新结对子. */
export function FormPair({ onClose }: Closing) {
  const form = useAction('mentorship.formPair');
  const { message } = App.useApp();
  const submit = async ({ agreement, ...fields }: PairFields): Promise<void> => {
    if (!(await form.run({ ...fields, agreement: agreement?.trim() || null }))) return;
    void message.success(text('mentorship.form.done'));
    onClose();
  };
  return (
    <FormModal<PairFields>
      title={text('mentorship.form.title')}
      initial={{ startsOn: today(), endsOn: usualEnd(today()) }}
      action={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="columns">
        <Form.Item name="mentor" label={text('mentorship.pairs.mentor')} rules={required}>
          <PersonPicker />
        </Form.Item>
        <Form.Item name="apprentice" label={text('mentorship.pairs.apprentice')} rules={required}>
          <PersonPicker />
        </Form.Item>
        <TermFields />
      </div>
      <Form.Item name="agreement" label={text('mentorship.form.agreement')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormModal>
  );
}

/** The end follows the beginning until it is set by hand. */
function TermFields() {
  const form = Form.useFormInstance<PairFields>();
  const follow = (startsOn: string | null): void => {
    if (startsOn !== null && !form.isFieldTouched('endsOn')) form.setFieldsValue({ endsOn: usualEnd(startsOn) });
  };
  return (
    <>
      <Form.Item name="startsOn" label={text('mentorship.pairs.startsOn')} rules={required}>
        <DateField onChange={follow} />
      </Form.Item>
      <Form.Item
        name="endsOn"
        label={text('mentorship.pairs.endsOn')}
        extra={text('mentorship.form.endsHint')}
        rules={required}
      >
        <DateField />
      </Form.Item>
    </>
  );
}

/** 延长带教期限. */
export function ExtendPair({ pair, onClose }: AboutPair) {
  const extend = useAction('mentorship.extendPair');
  const [endsOn, setEndsOn] = useState<string | null>(addMonths(pair.endsOn, 3));
  const confirm = async (reason: string): Promise<void> => {
    if (endsOn !== null && (await extend.run({ pair: pair.id, endsOn, reason }))) onClose();
  };
  return (
    <ReasonModal
      title={text('mentorship.extend.title')}
      consequence={text('mentorship.extend.text', { endsOn: pair.endsOn })}
      confirm={text('mentorship.pair.extend')}
      action={extend}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    >
      <Form.Item label={text('mentorship.extend.endsOn')} required htmlFor="extend-to">
        <DateField id="extend-to" value={endsOn} onChange={setEndsOn} />
      </Form.Item>
    </ReasonModal>
  );
}

/** 解除师徒关系. */
export function EndPair({ pair, onClose }: AboutPair) {
  const end = useAction('mentorship.endPair');
  const [endedOn, setEndedOn] = useState<string | null>(today());
  const confirm = async (reason: string): Promise<void> => {
    if (endedOn !== null && (await end.run({ pair: pair.id, endedOn, reason }))) onClose();
  };
  return (
    <ReasonModal
      title={text('mentorship.end.title')}
      consequence={text('mentorship.end.text')}
      confirm={text('mentorship.pair.end')}
      danger
      action={end}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    >
      <Form.Item label={text('mentorship.end.endedOn')} required htmlFor="ended-on">
        <DateField id="ended-on" notAfterToday value={endedOn} onChange={setEndedOn} />
      </Form.Item>
    </ReasonModal>
  );
}

type Examination = { readonly on: string; readonly result: GraduationResult; readonly comment: string };

/** 出师考核. */
export function Examine({ pair, onClose }: AboutPair) {
  const examine = useAction('mentorship.examine');
  const submit = async (fields: Examination): Promise<void> => {
    if (await examine.run({ pair: pair.id, ...fields })) onClose();
  };
  return (
    <FormModal<Examination>
      title={text('mentorship.examine.title')}
      confirm={text('mentorship.pair.examine')}
      initial={{ on: today() }}
      action={examine}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('mentorship.examine.hint')}</p>
      <Form.Item name="on" label={text('mentorship.examine.on')} rules={required}>
        <DateField notAfterToday />
      </Form.Item>
      <Form.Item name="result" label={text('mentorship.examine.result')} rules={required}>
        <Radio.Group options={graduationResults.entries.map(({ key, label }) => ({ value: key, label }))} />
      </Form.Item>
      <Form.Item name="comment" label={text('mentorship.examine.comment')} rules={required}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormModal>
  );
}
