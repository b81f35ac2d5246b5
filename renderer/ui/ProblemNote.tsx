import { Alert, Button } from 'antd';
import type { Problem } from '../../shared/problem.ts';
import { problemText, text } from '../app/text.ts';

/** Why something was refused and what to do next; nothing while there is no problem. */
export function ProblemNote({
  problem,
  onRetry,
  onClose,
}: {
  readonly problem: { readonly code: string; readonly detail?: Problem['detail'] } | null;
  readonly onRetry?: () => void;
  readonly onClose?: () => void;
}) {
  if (!problem) return null;
  const retry = onRetry && (
    <Button size="small" onClick={onRetry}>
      {text('app.action.retry')}
    </Button>
  );
  return (
    <div ref={intoView} className="note">
      <Alert
        type="error"
        showIcon
        role="alert"
        title={problemText(problem)}
        action={retry}
        closable={onClose ? { onClose, 'aria-label': text('app.action.close') } : false}
      />
    </div>
  );
}

/** A refusal is seen, wherever the person has scrolled to. */
const intoView = (note: HTMLElement | null): void => note?.scrollIntoView({ block: 'nearest' });
