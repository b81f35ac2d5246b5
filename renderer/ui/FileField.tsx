import { DeleteOutlined, FolderOpenOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import type { ChosenFile, fileKinds } from '../../shared/work.ts';
import { problemText, text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { sizeText } from './format.ts';

type Props = {
  readonly kind: keyof typeof fileKinds;
  readonly many?: boolean;
  /** No more files than this. */
  readonly max?: number;
  readonly label: string;
  readonly value: readonly ChosenFile[];
  readonly onChange: (files: readonly ChosenFile[]) => void;
  /** Why the files were not taken; the one it speaks of is marked. */
  readonly problem?: Problem | null;
  readonly disabled?: boolean;
};

/** Files the person chose; taking one out of the list does not touch the file. */
export function FileField({ kind, many = false, max = Infinity, label, value, onChange, ...state }: Props) {
  const { problem = null, disabled = false } = state;
  const choose = useAction('work.chooseFiles');
  const [refused, setRefused] = useState<readonly string[]>([]);
  const add = async (): Promise<void> => {
    const chosen = await choose.run({ kind, many });
    if (!chosen || chosen.length === 0) return;
    const good = chosen.flatMap(({ refused: code, ...file }) => (code === null ? [file] : []));
    const all = many ? [...value, ...good] : good;
    const bad = chosen.flatMap(({ refused: code, name }) =>
      code === null ? [] : [text('app.file.refused', { name, reason: problemText({ code }) })],
    );
    const beyond = Math.max(0, all.length - max);
    setRefused([...bad, ...(beyond > 0 ? [text('app.file.tooMany', { max, count: beyond })] : [])]);
    if (good.length > 0) onChange(all.slice(0, max));
  };
  return (
    <div className="file-field">
      <Button icon={<FolderOpenOutlined />} onClick={() => void add()} loading={choose.busy} disabled={disabled}>
        {label}
      </Button>
      <ProblemNote problem={choose.problem} onClose={choose.clear} />
      {refused.length > 0 && <Refused reasons={refused} onClose={() => setRefused([])} />}
      {value.length > 1 && <p>{totalText(value)}</p>}
      <ul>
        {value.map(({ id, name, sizeBytes }) => (
          <li key={id}>
            {name}（{sizeText(sizeBytes)}）
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              disabled={disabled}
              aria-label={text('app.file.remove', { name })}
              onClick={() => onChange(value.filter((file) => file.id !== id))}
            />
            {problem?.detail?.['file'] === id && <ProblemNote problem={problem} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

const Refused = ({ reasons, onClose }: { readonly reasons: readonly string[]; readonly onClose: () => void }) => (
  <Alert
    type="warning"
    showIcon
    role="alert"
    className="note"
    closable={{ onClose, 'aria-label': text('app.action.close') }}
    title={text('app.file.notAdded')}
    description={
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    }
  />
);

const totalText = (files: readonly ChosenFile[]): string =>
  text('app.file.count', {
    count: files.length,
    size: sizeText(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
  });
