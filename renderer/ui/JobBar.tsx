import { Button, Progress } from 'antd';
import { text } from '../app/text.ts';
import type { JobProgress } from '../app/use-action.ts';

/** A long job under way: what it does, how far it is, and the way out; cancelling leaves everything as before. */
export function JobBar({
  job,
  steps,
}: {
  readonly job: { readonly busy: boolean; readonly progress: JobProgress | null; readonly cancel: () => void };
  /** The step's text; steps are the job's own words. */
  readonly steps: (step: string) => string;
}) {
  if (!job.busy) return null;
  const { progress } = job;
  const percent =
    progress && progress.total > 0 ? Math.min(100, Math.floor((100 * progress.done) / progress.total)) : 0;
  const step = progress ? steps(progress.step) : text('app.job.starting');
  return (
    <div className="job-bar" role="status">
      <span className="job-step">{step}</span>
      <Progress percent={percent} status="active" aria-label={step} />
      <Button onClick={job.cancel} disabled={progress === null}>
        {text('app.action.cancel')}
      </Button>
    </div>
  );
}
