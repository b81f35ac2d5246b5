import { Button } from 'antd';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

const types = { jpg: 'image/jpeg', png: 'image/png' } as const;

/** A photo of a sign-in sheet, shown from memory; a file of its own only where the person asks for one. */
export function Scan({ session, sha256 }: { readonly session: string; readonly sha256: string }) {
  const answer = useCall('training.getScan', { session, sha256 });
  const save = useAction('training.saveScan');
  const maySave = useMay('training.saveScan');
  return (
    <Loaded answer={answer}>
      {({ kind, base64 }) => (
        <>
          {maySave && (
            <Button className="note" loading={save.busy} onClick={() => void save.run({ session, sha256 })}>
              {text('training.session.saveScan')}
            </Button>
          )}
          <ProblemNote problem={save.problem} onClose={save.clear} />
          {kind === 'pdf' ? (
            <p>{text('training.session.scanPdf')}</p>
          ) : (
            <img className="scan" alt={text('training.sessions.scans')} src={`data:${types[kind]};base64,${base64}`} />
          )}
        </>
      )}
    </Loaded>
  );
}
