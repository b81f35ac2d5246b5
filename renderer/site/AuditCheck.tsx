import { Alert } from 'antd';
import type { ChainCheck } from '../../shared/site-audit.ts';
import { problemText, text, type TextKey } from '../app/text.ts';
import type { Job } from '../app/use-action.ts';
import { instantText } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Faults shown; the export has them all. */
const SHOWN = 20;

/** The check under way, and what it found. */
export function AuditCheck({
  job,
  checked,
}: {
  readonly job: Job<'site.checkChain'> | Job<'site.exportAudit'>;
  readonly checked: ChainCheck | null;
}) {
  return (
    <>
      <JobBar job={job} steps={(step) => text(`site.audit.step.${step}` as TextKey)} />
      <ProblemNote problem={job.problem} onClose={job.clear} />
      {checked && (
        <Alert
          showIcon
          className="note"
          type={linesOf(checked).length === 0 ? 'success' : 'error'}
          title={titleOf(checked)}
          description={
            <ul>
              {checked.clockJumps > 0 && <li>{text('site.audit.clockJumps', { count: checked.clockJumps })}</li>}
              {linesOf(checked)
                .slice(0, SHOWN)
                .map((line) => (
                  <li key={line}>{line}</li>
                ))}
              {linesOf(checked).length > SHOWN && (
                <li>{text('site.audit.moreFaults', { count: linesOf(checked).length - SHOWN })}</li>
              )}
            </ul>
          }
        />
      )}
    </>
  );
}

const titleOf = (checked: ChainCheck): string => {
  const { entries, streams } = checked;
  const faults = linesOf(checked).length;
  return faults === 0 ? text('site.audit.good', { entries, streams }) : text('site.audit.bad', { entries, faults });
};

const linesOf = ({ faults, rows, losses }: ChainCheck): string[] => [
  // Where it stands is kept from whoever may not know.
  ...faults.map(({ stream, seq, code }) =>
    seq === 0 ? problemText({ code }) : text('site.audit.fault', { stream, seq, text: problemText({ code }) }),
  ),
  ...rows.map(({ table, key, what }) => text('site.audit.row', { table, key, what: text(`site.audit.${what}`) })),
  ...losses.map(({ stream, seq, at }) => text('site.audit.loss', { stream, seq, at: instantText(at) })),
];
