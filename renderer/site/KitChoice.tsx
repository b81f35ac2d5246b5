import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { ChosenFile } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { FileField } from '../ui/FileField.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { kitStep } from './words.ts';

export type ReadKit = { readonly file: string; readonly code: string; readonly about: Output<'site.readKit'> };

const aboutText = ({ formerEntries, ...about }: Output<'site.readKit'>): string =>
  formerEntries === null ? text('site.kit.about', about) : text('site.kit.aboutAnew', { ...about, formerEntries });

/** Takes a kit and its spoken code, and shows whom it is for before anything is done with it. */
export function KitChoice({ onRead }: { readonly onRead: (kit: ReadKit | null) => void }) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [code, setCode] = useState('');
  const [about, setAbout] = useState<Output<'site.readKit'> | null>(null);
  const read = useJob('site.readKit');
  const [file] = files;
  const forget = (): void => {
    setAbout(null);
    onRead(null);
    read.clear();
  };
  const submit = async (): Promise<void> => {
    if (!file) return;
    const answer = await read.run({ file: file.id, code });
    setAbout(answer);
    onRead(answer && { file: file.id, code, about: answer });
  };
  return (
    <>
      <FileField
        kind="bundle"
        label={text('site.kit.file')}
        value={files}
        onChange={(chosen) => {
          forget();
          setFiles(chosen);
        }}
      />
      <Form.Item label={text('site.kit.code')} extra={text('site.kit.codeHint')} htmlFor="kit-code">
        <Input
          id="kit-code"
          value={code}
          maxLength={100}
          autoComplete="off"
          onChange={({ target }) => {
            forget();
            setCode(target.value);
          }}
        />
      </Form.Item>
      <ProblemNote problem={read.problem} />
      <JobBar job={read} steps={kitStep} />
      {about ? (
        <Alert type="info" showIcon className="note" title={aboutText(about)} />
      ) : (
        <Button onClick={() => void submit()} loading={read.busy} disabled={!file || code.trim() === ''}>
          {text('site.kit.read')}
        </Button>
      )}
    </>
  );
}
