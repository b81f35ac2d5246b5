import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Drawer, Spin } from 'antd';
import { type ReactNode, useContext, useState } from 'react';
import { RegistryContext } from '../app/registry.ts';
import { text } from '../app/text.ts';

/** The sheet everything before the sign-in stands on, with the manual at hand. */
export function DoorCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const Manual = useContext(RegistryContext)?.manual;
  const [reading, setReading] = useState(false);
  return (
    <main className="door">
      <div className="door-card">
        <h1>{text('app.name')}</h1>
        <div>{text('app.subtitle')}</div>
        <h2>{title}</h2>
        {children}
        <footer className="door-foot">
          {text('app.secret')}
          <Button type="link" icon={<QuestionCircleOutlined />} onClick={() => setReading(true)}>
            {text('app.frame.help')}
          </Button>
        </footer>
      </div>
      <Drawer open={reading} size="large" title={text('app.frame.help')} onClose={() => setReading(false)}>
        {Manual ? <Manual /> : <Spin />}
      </Drawer>
    </main>
  );
}
