import { Alert, App, Button, Card, Descriptions, Form, Input } from 'antd';
import { useState } from 'react';
import { useMay } from '../app/may.ts';
import { useSession, useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction, useJob } from '../app/use-action.ts';
import { shortCheck } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { EscrowCard } from './EscrowCard.tsx';
import { HelpCard } from './HelpCard.tsx';
import { KeysCard } from './KeysCard.tsx';
import { KitChoice, type ReadKit } from './KitChoice.tsx';
import { kitStep } from './words.ts';

/** Who this site is, what it prints above its papers, and whom it hands over to. */
export function Settings() {
  const site = useSite();
  const minutes = useSession(({ status }) => status?.idleMinutes ?? 0);
  const hours = useSession(({ status }) => status?.sessionHours ?? 0);
  const mayPair = useMay('site.pair');
  const mayChangeKeys = useMay('site.changeKeys');
  const mayMakeEscrow = useMay('site.makeEscrow');
  const mayHelp = useMay('site.answerHelp');
  return (
    <Screen title={text('site.settings.title')} hint={text('site.settings.idle', { minutes, hours })}>
      <div className="cards">
        <Card title={text('site.settings.site')} size="small">
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'name', label: text('site.found.name'), children: site.name },
              { key: 'code', label: text('site.settings.code'), children: site.code },
              ...(site.kind === 'station'
                ? [
                    {
                      key: 'bureau',
                      label: text('site.settings.bureau'),
                      children: site.bureauName ?? text('site.settings.notPaired'),
                    },
                  ]
                : []),
            ]}
          />
          <PrintingName />
        </Card>
        {mayPair && <Pairing isPaired={site.bureauName !== null} />}
        {mayChangeKeys && <KeysCard />}
        {mayMakeEscrow && <EscrowCard />}
        {mayHelp && <HelpCard />}
      </div>
    </Screen>
  );
}

function PrintingName() {
  const { printingName } = useSite();
  const rename = useAction('site.rename');
  const refresh = useSession((session) => session.refresh);
  const { message } = App.useApp();
  const submit = async (fields: { readonly printingName: string }): Promise<void> => {
    if (!(await rename.run(fields))) return;
    await refresh();
    void message.success(text('site.settings.saved'));
  };
  return (
    <Form
      layout="vertical"
      initialValues={{ printingName }}
      onFinish={(fields: { printingName: string }) => void submit(fields)}
    >
      <Form.Item
        name="printingName"
        label={text('site.settings.printingName')}
        extra={text('site.settings.printingHint')}
        rules={[{ required: true, message: text('site.found.required') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <ProblemNote problem={rename.problem} />
      <Button type="primary" htmlType="submit" loading={rename.busy}>
        {text('app.action.save')}
      </Button>
    </Form>
  );
}

function Pairing({ isPaired }: { readonly isPaired: boolean }) {
  const [kit, setKit] = useState<ReadKit | null>(null);
  const pair = useJob('site.pair');
  const refresh = useSession((session) => session.refresh);
  const { message } = App.useApp();
  const title = text(isPaired ? 'site.settings.pairAgain' : 'site.settings.pair');
  const submit = async (): Promise<void> => {
    const paired = kit && (await pair.run({ file: kit.file, code: kit.code }));
    if (!paired) return;
    await refresh();
    void message.success(text('site.settings.pairDone', paired));
  };
  return (
    <Card title={title} size="small">
      <p>{text(isPaired ? 'site.settings.pairAgainText' : 'site.settings.pairText')}</p>
      <Form layout="vertical">
        <KitChoice onRead={setKit} />
      </Form>
      <ProblemNote problem={pair.problem} />
      <JobBar job={pair} steps={kitStep} />
      {kit && isPaired && (
        <Alert
          type="warning"
          showIcon
          className="note"
          title={text('site.settings.pairCheck', { check: shortCheck(kit.about.check) })}
        />
      )}
      {kit && (
        <Button type="primary" loading={pair.busy} onClick={() => void submit()}>
          {title}
        </Button>
      )}
    </Card>
  );
}
