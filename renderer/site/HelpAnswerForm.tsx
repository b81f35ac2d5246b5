import { Alert, Button, Form, Input, Radio, Space } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { ChosenFile } from '../../shared/work.ts';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction, useJob } from '../app/use-action.ts';
import { FileField } from '../ui/FileField.tsx';
import { instantText } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { type FirstAccount, FirstAccountFields, NewPasswordFields } from './FirstAccountFields.tsx';
import { OpeningBar } from './OpeningBar.tsx';

type Fields = FirstAccount & { readonly code: string };

const required = [{ required: true, message: text('site.found.required') }];

/** Opens the site with the bureau's answer and the code told by telephone. */
export function HelpAnswerForm({ onBack }: { readonly onBack: () => void }) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [about, setAbout] = useState<Output<'site.readHelpAnswer'> | null>(null);
  const [isNew, setIsNew] = useState(false);
  const read = useAction('site.readHelpAnswer');
  const open = useJob('site.openWithHelp');
  const refresh = useSession((session) => session.refresh);
  const [file] = files;
  const choose = async (chosen: readonly ChosenFile[]): Promise<void> => {
    setFiles(chosen);
    setAbout(null);
    open.clear();
    if (chosen[0]) setAbout(await read.run({ file: chosen[0].id }));
    else read.clear();
  };
  const submit = async ({ code, accountName, loginName, password }: Fields): Promise<void> => {
    if (!file) return;
    const account = isNew ? { accountName, loginName, password } : { loginName, newPassword: password };
    if (await open.run({ file: file.id, code, account })) await refresh();
  };
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
      <FileField
        kind="helpAnswer"
        label={text('site.help.file')}
        value={files}
        onChange={(chosen) => void choose(chosen)}
        disabled={read.busy || open.busy}
      />
      <ProblemNote problem={read.problem} />
      {about && (
        <>
          <Alert
            type="info"
            showIcon
            className="note"
            title={text('site.help.about', { at: instantText(about.at), until: instantText(about.until) })}
          />
          <Form.Item name="code" label={text('site.kit.code')} extra={text('site.kit.codeHint')} rules={required}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item label={text('site.help.for')}>
            <Radio.Group
              aria-label={text('site.help.for')}
              options={[
                { value: false, label: text('site.help.known') },
                { value: true, label: text('site.help.new') },
              ]}
              value={isNew}
              onChange={({ target }) => setIsNew(target.value === true)}
            />
          </Form.Item>
          {isNew ? (
            <FirstAccountFields />
          ) : (
            <>
              <Form.Item name="loginName" label={text('site.signIn.loginName')} rules={required}>
                <Input maxLength={32} autoComplete="off" />
              </Form.Item>
              <NewPasswordFields label={text('site.recover.newPassword')} />
            </>
          )}
        </>
      )}
      <ProblemNote problem={open.problem} />
      <OpeningBar job={open} />
      <Space className="note">
        {about && (
          <Button type="primary" htmlType="submit" loading={open.busy}>
            {text('site.help.open')}
          </Button>
        )}
        <Button onClick={onBack} disabled={open.busy}>
          {text('app.action.back')}
        </Button>
      </Space>
    </Form>
  );
}
