import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { Answer } from '../app/use-call.ts';
import { ProblemNote } from './ProblemNote.tsx';

/** Shows an answer: the wait, the refusal with a way to ask again, or what `children` makes of it. */
export function Loaded<T>({
  answer,
  children,
}: {
  readonly answer: Answer<T>;
  readonly children: (value: T) => ReactNode;
}) {
  if (answer.value !== null) return children(answer.value);
  if (answer.problem) return <ProblemNote problem={answer.problem} onRetry={answer.reload} />;
  return answer.loading ? <Skeleton active={false} paragraph={{ rows: 6 }} aria-busy /> : null;
}
