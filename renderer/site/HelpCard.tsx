import { Alert, Button, Card, Modal } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';
import { AnswerHelp } from './AnswerHelp.tsx';

type Answer = Output<'site.answerHelp'>;

/** Helps a station whose passwords are all gone. */
export function HelpCard() {
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const answered = (given: Answer): void => {
    setAsking(false);
    setAnswer(given);
  };
  return (
    <Card title={text('site.help.card')} size="small">
      <p>{text('site.help.cardText')}</p>
      <Button onClick={() => setAsking(true)}>{text('site.help.take')}</Button>
      {asking && <AnswerHelp onAnswered={answered} onClose={() => setAsking(false)} />}
      {answer && <Answered answer={answer} onClose={() => setAnswer(null)} />}
    </Card>
  );
}

/** The code, once, to be told by telephone; closes by its own button only. */
const Answered = ({ answer, onClose }: { readonly answer: Answer; readonly onClose: () => void }) => (
  <Modal
    open
    title={text('site.help.card')}
    width={620}
    closable={false}
    keyboard={false}
    mask={{ closable: false }}
    footer={
      <Button type="primary" onClick={onClose}>
        {text('site.help.told')}
      </Button>
    }
  >
    <Alert type="success" showIcon role="status" title={text('site.help.answered', { file: answer.fileName })} />
    <p className="note">{text('site.help.code')}</p>
    <p className="spoken spoken-code" data-testid="spoken-code">
      {answer.spokenCode}
    </p>
    <Alert type="warning" showIcon title={text('site.help.until', { until: instantText(answer.until) })} />
  </Modal>
);
