import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigation } from '../app/navigation.ts';
import { text } from '../app/text.ts';

/** The frame of every screen: its title, what can be done, and the content, which scrolls by itself. */
export function Screen({
  title,
  hint,
  actions,
  back = false,
  children,
}: {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  /** Reached from another screen: shows the way back. */
  readonly back?: boolean;
  readonly children: ReactNode;
}) {
  const goBack = useNavigation((navigation) => navigation.back);
  return (
    <main className="screen">
      <header className="screen-head">
        {back && (
          <Button type="text" icon={<ArrowLeftOutlined />} onClick={goBack} aria-label={text('app.action.back')} />
        )}
        <h1>{title}</h1>
        {hint !== undefined && <span className="screen-hint">{hint}</span>}
        <div className="screen-actions">{actions}</div>
      </header>
      <div className="screen-body">{children}</div>
    </main>
  );
}
