import { Button, Input } from 'antd';
import { useState } from 'react';
import type { SignOff } from '../../shared/mentorship.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** 所长已阅: one key is enough, a note may be added; Enter in the note signs too. */
export function See({ signOff, focused = false }: { readonly signOff: SignOff; readonly focused?: boolean }) {
  const see = useAction('mentorship.see');
  const [note, setNote] = useState('');
  const sign = (): void => void see.run({ signOff: signOff.id, note: note.trim() || null });
  return (
    <>
      <div className="see">
        <Input
          maxLength={500}
          aria-label={text('mentorship.unseen.note')}
          placeholder={text('mentorship.unseen.note')}
          value={note}
          onChange={({ target }) => setNote(target.value)}
          onPressEnter={sign}
        />
        <Button type="primary" autoFocus={focused} loading={see.busy} onClick={sign}>
          {text('mentorship.unseen.submit')}
        </Button>
      </div>
      <ProblemNote problem={see.problem} onClose={see.clear} />
    </>
  );
}
