import { Button, Card, Empty } from 'antd';
import { useState } from 'react';
import type { PersonComment } from '../../shared/comments.ts';
import { useMay } from '../app/may.ts';
import { useMe } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { AnswerDialog, WriteDialog } from './CommentDialogs.tsx';

/** What a person says of his file, and the answers. */
export function PersonComments({ personId }: { readonly personId: string }) {
  const me = useMe();
  const answer = useCall('comments.commentsOf', { personId });
  const isOwn = me.personId === personId;
  const mayWrite = useMay('comments.writeComment') && isOwn;
  const mayAnswer = useMay('comments.answerComment') && !isOwn;
  const [open, setOpen] = useState<PersonComment | 'new' | null>(null);
  return (
    <div className="scrolls stack comments">
      {mayWrite && (
        <div className="toolbar">
          <Button type="primary" onClick={() => setOpen('new')}>
            {text('comments.write.title')}
          </Button>
          <span className="screen-hint">{text('comments.write.hint')}</span>
        </div>
      )}
      <Loaded answer={answer}>
        {(comments) =>
          comments.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text('comments.part.empty')} />
          ) : (
            comments.map((comment) => (
              <Comment key={comment.id} comment={comment} onAnswer={mayAnswer ? () => setOpen(comment) : null} />
            ))
          )
        }
      </Loaded>
      {open === 'new' && <WriteDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <AnswerDialog comment={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

const Comment = ({
  comment: { at, words, answer },
  onAnswer,
}: {
  readonly comment: PersonComment;
  readonly onAnswer: (() => void) | null;
}) => (
  <Card
    size="small"
    title={instantText(at)}
    extra={answer === null && onAnswer && <Button onClick={onAnswer}>{text('comments.answer.title')}</Button>}
  >
    <p className="words">{words}</p>
    {answer === null ? (
      <p className="screen-hint">{text('comments.part.unanswered')}</p>
    ) : (
      <p className="words">
        <strong>{text('comments.part.answered', { by: answer.byName, at: instantText(answer.at) })}</strong>
        {answer.words}
      </p>
    )}
  </Card>
);
