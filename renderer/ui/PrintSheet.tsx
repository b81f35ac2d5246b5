import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { Screen } from './Screen.tsx';

/** A screen that is a paper: shown as it is printed, and saved as PDF. */
export function PrintSheet({
  title,
  name,
  children,
}: {
  readonly title: string;
  /** Heading of the paper, and name of its file. */
  readonly name: string;
  readonly children: ReactNode;
}) {
  const print = useAction('site.printPage');
  const { message } = App.useApp();
  const save = async (): Promise<void> => {
    if (await print.run({ name })) void message.success(text('app.sheet.saved'));
  };
  return (
    <Screen
      title={title}
      hint={text('app.sheet.hint')}
      back
      actions={
        <Button type="primary" loading={print.busy} onClick={() => void save()}>
          {text('app.sheet.save')}
        </Button>
      }
    >
      <ProblemNote problem={print.problem} onClose={print.clear} />
      {/* Long, and without anything to press: the keyboard scrolls it by itself. */}
      <article className="sheet" tabIndex={0} aria-label={name}>
        <h1>{name}</h1>
        {children}
      </article>
    </Screen>
  );
}
