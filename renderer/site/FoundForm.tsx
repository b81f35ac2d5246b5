import { Button, Form, Input, Space } from 'antd';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { DoorCard } from './DoorCard.tsx';
import { type FirstAccount, FirstAccountFields } from './FirstAccountFields.tsx';

type Fields = FirstAccount & { readonly name: string; readonly organCode: string };

const required = { required: true, message: text('site.found.required') };

/** Founds a bureau, or a station on its own. */
export function FoundForm({
  kind,
  onFounded,
  onBack,
}: {
  readonly kind: 'bureau' | 'station';
  readonly onFounded: (recoveryKey: string) => void;
  readonly onBack: () => void;
}) {
  const found = useAction(kind === 'bureau' ? 'site.foundBureau' : 'site.foundStation');
  const submit = async ({ name, organCode, accountName, loginName, password }: Fields): Promise<void> => {
    const founded = await found.run({ name, organCode, accountName, loginName, password });
    if (founded) onFounded(founded.recoveryKey);
  };
  return (
    <DoorCard title={text(`site.found.${kind}`)}>
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <Form.Item name="name" label={text('site.found.name')} rules={[required]}>
          <Input maxLength={60} placeholder={text('site.found.namePlaceholder')} />
        </Form.Item>
        <Form.Item
          name="organCode"
          label={text('site.found.organCode')}
          rules={[required, { pattern: /^\d{12}$/, message: text('site.found.organCodeRule') }]}
        >
          <Input maxLength={12} inputMode="numeric" />
        </Form.Item>
        <strong>{text(kind === 'bureau' ? 'site.found.firstAdmin' : 'site.found.firstChief')}</strong>
        <FirstAccountFields />
        <ProblemNote problem={found.problem} />
        <Space>
          <Button type="primary" htmlType="submit" loading={found.busy}>
            {text('site.found.submit')}
          </Button>
          <Button onClick={onBack} disabled={found.busy}>
            {text('app.action.back')}
          </Button>
        </Space>
      </Form>
    </DoorCard>
  );
}
