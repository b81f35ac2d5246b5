import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import type { AppealView, IncidentView } from '../../shared/discipline.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { AnswerAppeal } from './BureauDialogs.tsx';

/** `2026-11-24 维持：…`; null while there is none. */
export const answerOf = ({ outcome, answeredOn, note }: AppealView): string | null =>
  outcome &&
  text('discipline.detail.answered', { on: answeredOn, outcome: text(`discipline.dialog.${outcome}`), note });

/** What the person concerned stated, and the bureau's answer. */
export function AppealsPart({ incident }: { readonly incident: IncidentView }) {
  const mayAnswer = useMay('discipline.answerAppeal');
  const [answering, setAnswering] = useState<string | null>(null);
  if (incident.appeals.length === 0) return null;
  const act = ({ id }: AppealView) =>
    mayAnswer && (
      <Button size="small" onClick={() => setAnswering(id)}>
        {text('discipline.detail.answer')}
      </Button>
    );
  return (
    <Card size="small" title={text('discipline.detail.appeals')}>
      <Table<AppealView>
        size="small"
        pagination={false}
        rowKey={({ id }) => id}
        dataSource={incident.appeals}
        columns={[
          {
            key: 'kind',
            title: text('discipline.detail.appeals'),
            width: 110,
            render: (_, { kind }) => text(`discipline.own.${kind}`),
          },
          { key: 'statedOn', title: text('discipline.detail.statedOn'), width: 110, dataIndex: 'statedOn' },
          { key: 'statement', title: text('discipline.detail.statement'), dataIndex: 'statement' },
          {
            key: 'answer',
            title: text('discipline.detail.answer'),
            width: 240,
            render: (_, row) => answerOf(row) ?? act(row),
          },
        ]}
      />
      {answering !== null && <AnswerAppeal incident={incident} appeal={answering} onClose={() => setAnswering(null)} />}
    </Card>
  );
}
