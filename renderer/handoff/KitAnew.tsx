import { Form, Input } from 'antd';
import { useState } from 'react';
import { text } from '../app/text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { KitModal } from './KitModal.tsx';

type Fields = { readonly site: string };

const CODE = /\d{12}-\d{1,3}/;
const whole = new RegExp(`^${CODE.source}$`);
const idle = { busy: false, problem: null };

/** Another kit for a computer that seals to keys which a restored bureau has lost: what it is called its files say. */
export function KitAnew({ files, onClose }: { readonly files: readonly string[]; readonly onClose: () => void }) {
  const [site, setSite] = useState<string | null>(null);
  if (site !== null) return <KitModal station={{ site, name: site }} onClose={onClose} />;
  const [first] = files.flatMap((name) => CODE.exec(name)?.[0] ?? []);
  return (
    <FormModal<Fields>
      title={text('handoff.kitAnew.title')}
      initial={{ site: first ?? '' }}
      confirm={text('handoff.kitAnew.submit')}
      keeps={false}
      action={idle}
      onSubmit={(fields) => {
        setSite(fields.site);
        return Promise.resolve();
      }}
      onClose={onClose}
    >
      <p>{text('handoff.kitAnew.text')}</p>
      <Form.Item
        name="site"
        label={text('handoff.kitAnew.site')}
        extra={text('handoff.kitAnew.siteHint')}
        rules={[{ required: true, pattern: whole, message: text('handoff.kitAnew.siteRule') }]}
      >
        <Input maxLength={16} />
      </Form.Item>
    </FormModal>
  );
}
