import { Steps } from 'antd';
import { useState } from 'react';
import type { CallName } from '../../../shared/contract.ts';
import type { FieldSpec, ImportOutcome } from '../../../shared/ledger-import.ts';
import type { ChosenFile } from '../../../shared/work.ts';
import { text } from '../../app/text.ts';
import { useJob } from '../../app/use-action.ts';
import { useCall } from '../../app/use-call.ts';
import { useDraft } from '../../app/use-draft.ts';
import { FileField } from '../FileField.tsx';
import { JobBar } from '../JobBar.tsx';
import { Loaded } from '../Loaded.tsx';
import { ProblemNote } from '../ProblemNote.tsx';
import { Outcome } from './Outcome.tsx';
import { Preview, type Settled } from './Preview.tsx';

/** Slices that import ledgers: those whose calls say so. */
type ImportSlice = { [N in CallName]: N extends `${infer S}.previewImport` ? S : never }[CallName];

type Draft = { readonly files: readonly ChosenFile[]; readonly settled: Settled };
const blank: Draft = { files: [], settled: { edits: [] } };

const steps = ['file', 'check', 'result'] as const;

/**
 * Takes a ledger in: choose the file, check every row with its verdict and mend cells, import. Nothing is written before
 * the last step, and what stands already is never written twice.
 */
export function ImportWizard({
  slice,
  fields,
  options = {},
  onDone,
}: {
  readonly slice: ImportSlice;
  readonly fields: readonly FieldSpec[];
  /** What the slice asks beside the file. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly onDone: () => void;
}) {
  const [{ files, settled }, change, drop] = useDraft(`import-${slice}`, blank);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const [file] = files;
  // All imports take the same input beside their own options; any one of the names stands for them.
  const preview = useCall(
    `${slice}.previewImport` as 'roster.previewImport',
    file && !outcome ? { file: file.id, ...settled, ...options } : null,
  );
  const commit = useJob(`${slice}.commitImport` as 'roster.commitImport');

  const choose = (chosen: readonly ChosenFile[]): void => {
    change({ files: chosen, settled: blank.settled });
    setOutcome(null);
    commit.clear();
  };
  const run = async (): Promise<void> => {
    if (!file) return;
    const done = await commit.run({ file: file.id, ...settled, ...options });
    if (!done) return;
    setOutcome(done);
    drop();
  };

  return (
    <div className="wizard">
      <Steps
        size="small"
        current={outcome ? 2 : file ? 1 : 0}
        items={steps.map((step) => ({ title: text(`app.import.steps.${step}`) }))}
      />
      {!outcome && (
        <div className="wizard-settings">
          <FileField
            kind="ledger"
            label={text('app.import.choose')}
            value={files}
            onChange={choose}
            disabled={commit.busy}
          />
          {!file && <span>{text('app.import.chooseHint')}</span>}
        </div>
      )}
      <JobBar job={commit} steps={() => text('app.import.step.writing')} />
      <ProblemNote problem={commit.problem} onClose={commit.clear} />
      {outcome ? (
        <Outcome outcome={outcome} fields={fields} onAgain={() => choose([])} onDone={onDone} />
      ) : (
        file && (
          <Loaded answer={preview}>
            {(value) => (
              <Preview
                preview={value}
                loading={preview.loading}
                fields={fields}
                settled={settled}
                onSettle={(chosen) => change({ settled: chosen })}
                busy={commit.busy}
                onImport={() => void run()}
              />
            )}
          </Loaded>
        )
      )}
    </div>
  );
}
