import { FolderOpenOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Select, Space } from 'antd';
import { useState } from 'react';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { sizeText } from './format.ts';
import { ProblemNote } from './ProblemNote.tsx';

const labelOf = ({ label, fileSystem, freeBytes, readOnly }: RemovableDrive): string =>
  [
    label || text('app.drive.unnamed'),
    fileSystem,
    text('app.drive.free', { free: sizeText(freeBytes) }),
    ...(readOnly ? [text('app.drive.readOnly')] : []),
  ]
    .filter((part) => part !== '')
    .join('　');

/** The stick to write to; where none is seen, a folder in its place. */
export function DriveChoice({
  value,
  onChange,
  disabled = false,
}: {
  readonly value: RemovableDrive | null;
  readonly onChange: (drive: RemovableDrive | null) => void;
  readonly disabled?: boolean;
}) {
  const drives = useCall('work.drives', {});
  const folder = useAction('work.chooseFolder');
  const [folders, setFolders] = useState<readonly RemovableDrive[]>([]);
  const all = [...(drives.value ?? []), ...folders];
  const chooseFolder = async (): Promise<void> => {
    const chosen = await folder.run({});
    if (!chosen) return;
    setFolders([...folders, chosen]);
    onChange(chosen);
  };
  return (
    <div>
      <Space wrap>
        <Select
          className="drive-choice"
          aria-label={text('app.drive.label')}
          placeholder={text('app.drive.label')}
          disabled={disabled}
          loading={drives.loading}
          value={value?.id ?? null}
          options={all.map((drive) => ({ value: drive.id, label: labelOf(drive), disabled: drive.readOnly }))}
          onChange={(id: string) => onChange(all.find((drive) => drive.id === id) ?? null)}
        />
        <Button icon={<ReloadOutlined />} disabled={disabled} onClick={drives.reload}>
          {text('app.action.refresh')}
        </Button>
        <Button icon={<FolderOpenOutlined />} disabled={disabled} onClick={() => void chooseFolder()}>
          {text('app.drive.folder')}
        </Button>
      </Space>
      {drives.value?.length === 0 && folders.length === 0 && <p>{text('app.drive.none')}</p>}
      <ProblemNote problem={drives.problem ?? folder.problem} />
    </div>
  );
}
