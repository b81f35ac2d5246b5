import { type DragEvent, type ReactNode, useState } from 'react';
import type { ChosenFile, fileKinds } from '../../shared/work.ts';
import { api } from '../app/api.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from './ProblemNote.tsx';

const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

/** Takes files and folders that the person drops onto it; the page learns of each its name, never where it lies. */
export function DropZone({
  kind,
  disabled,
  onDropped,
  children,
}: {
  readonly kind: keyof typeof fileKinds;
  readonly disabled: boolean;
  readonly onDropped: (files: readonly ChosenFile[]) => void;
  readonly children: ReactNode;
}) {
  const take = useAction('work.takeDropped');
  const [over, setOver] = useState(false);
  const accept = async (files: readonly File[]): Promise<void> => {
    await api.drop(...files);
    const taken = await take.run({ kind });
    if (taken) onDropped(taken);
  };
  return (
    <div
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        if (disabled || !bringsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDrop={(event) => {
        if (disabled || !bringsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void accept([...event.dataTransfer.files]);
      }}
    >
      <ProblemNote problem={take.problem} onClose={take.clear} />
      {children}
    </div>
  );
}
