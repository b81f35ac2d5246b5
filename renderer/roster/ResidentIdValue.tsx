import { Button } from 'antd';
import { useState } from 'react';
import type { PersonView } from '../../shared/roster.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** The identity number, masked; whole for one who asks, which the journal keeps. */
export function ResidentIdValue({ person: { id, maskedResidentId } }: { readonly person: PersonView }) {
  const mayReveal = useMay('roster.revealResidentId');
  const reveal = useAction('roster.revealResidentId');
  const [whole, setWhole] = useState<string | null>(null);
  if (maskedResidentId === null) return '—';
  const show = async (): Promise<void> => setWhole((await reveal.run({ id }))?.residentId ?? null);
  return (
    <div>
      {whole ?? maskedResidentId}
      {mayReveal && (
        <Button
          type="link"
          size="small"
          loading={reveal.busy}
          title={text('roster.file.revealHint')}
          onClick={() => (whole === null ? void show() : setWhole(null))}
        >
          {text(whole === null ? 'roster.file.reveal' : 'roster.file.mask')}
        </Button>
      )}
      <ProblemNote problem={reveal.problem} />
    </div>
  );
}
