import { Alert, Button, Radio, Space } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { instantText } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { stepText } from './words.ts';

type Sites = Output<'backup.sitesOn'>;

/** Sets this computer up from the backup on a stick; of a stick with several sites' the person chooses one. */
export function Adopt({ onBack, onDone }: { readonly onBack: () => void; readonly onDone: () => void }) {
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useCall('backup.sitesOn', drive && { drive: drive.id });
  const sites = drive && !found.loading ? (found.value ?? []) : [];
  const site = sites.length === 1 ? sites[0]?.site : sites.find((one) => one.site === chosen)?.site;
  const adopt = useJob('backup.adopt');
  const run = async (): Promise<void> => {
    const adopted = drive && site ? await adopt.run({ drive: drive.id, site }) : null;
    if (adopted) setTold(text('backup.adopt.done', { madeAt: instantText(adopted.madeAt), entries: adopted.entries }));
  };
  if (told !== null) {
    return (
      <>
        <Alert type="success" showIcon className="note" title={told} />
        <p>{text('backup.adopt.noPassword')}</p>
        <Button type="primary" onClick={onDone}>
          {text('site.signIn.submit')}
        </Button>
      </>
    );
  }
  return (
    <>
      <p>{text('backup.adopt.text')}</p>
      <DriveChoice value={drive} onChange={setDrive} disabled={adopt.busy} />
      {sites.length > 0 && <SiteChoice sites={sites} value={site ?? null} onChange={setChosen} disabled={adopt.busy} />}
      <ProblemNote problem={found.problem ?? adopt.problem} />
      <JobBar job={adopt} steps={stepText} />
      <Space className="note">
        <Button type="primary" disabled={!site} loading={adopt.busy} onClick={() => void run()}>
          {text('backup.adopt.submit')}
        </Button>
        <Button onClick={onBack} disabled={adopt.busy}>
          {text('app.action.back')}
        </Button>
      </Space>
    </>
  );
}

/** Whose backups lie on the stick, when each was made and how much it holds. */
function SiteChoice({
  sites,
  value,
  onChange,
  disabled,
}: {
  readonly sites: Sites;
  readonly value: string | null;
  readonly onChange: (site: string) => void;
  readonly disabled: boolean;
}) {
  return (
    <div className="note" role="group" aria-label={text('backup.adopt.sites')}>
      <p>{text(sites.length > 1 ? 'backup.adopt.several' : 'backup.adopt.one')}</p>
      <Radio.Group value={value} disabled={disabled} onChange={({ target }) => onChange(String(target.value))}>
        <Space orientation="vertical">
          {sites.map(({ site, name, at, entries }) => (
            <Radio key={site} value={site}>
              {name ?? text('backup.adopt.unnamed')}（{site}）　{instantText(at)}　{text('backup.entriesCount')}{' '}
              {entries}
            </Radio>
          ))}
        </Space>
      </Radio.Group>
    </div>
  );
}
