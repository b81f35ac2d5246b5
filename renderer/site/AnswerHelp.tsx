import { Checkbox, Descriptions, Form, Input } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { ChosenFile, RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { FileField } from '../ui/FileField.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { instantText, shortCheck } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { type SecondPerson, SecondPersonFields } from '../ui/SecondPersonFields.tsx';

type Fields = SecondPerson & { readonly reason: string; readonly escrowKey?: string };
type Request = Output<'site.readHelpRequest'>;

const required = [{ required: true, message: text('site.found.required') }];

/** Reads a station's request, has its check compared by telephone, and answers it under two persons. */
export function AnswerHelp({
  onAnswered,
  onClose,
}: {
  readonly onAnswered: (answer: Output<'site.answerHelp'>) => void;
  readonly onClose: () => void;
}) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [request, setRequest] = useState<Request | null>(null);
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [noDrive, setNoDrive] = useState(false);
  const read = useAction('site.readHelpRequest');
  const answer = useAction('site.answerHelp');
  const [file] = files;
  const choose = async (chosen: readonly ChosenFile[]): Promise<void> => {
    setFiles(chosen);
    setRequest(null);
    answer.clear();
    if (chosen[0]) setRequest(await read.run({ file: chosen[0].id }));
    else read.clear();
  };
  const submit = async ({ reason, escrowKey, secondLoginName, secondPassword }: Fields): Promise<void> => {
    setNoDrive(drive === null);
    if (!file || !request || !drive) return;
    const key = request.needs === 'safe' ? (escrowKey ?? '') : null;
    const act = { file: file.id, check: request.check, reason, escrowKey: key, drive: drive.id };
    const given = await answer.run({ ...act, secondLoginName, secondPassword });
    if (given) onAnswered(given);
  };
  return (
    <FormModal<Fields>
      title={text('site.help.card')}
      confirm={text('site.help.submit')}
      danger
      action={answer}
      onSubmit={submit}
      onClose={onClose}
    >
      <FileField
        kind="helpRequest"
        label={text('site.help.requestFile')}
        value={files}
        onChange={(chosen) => void choose(chosen)}
        disabled={answer.busy}
      />
      <ProblemNote problem={read.problem} />
      {request && (
        <>
          <About request={request} />
          <Form.Item
            name="compared"
            valuePropName="checked"
            rules={[
              {
                validator: async (_rule, value) => {
                  if (value !== true) throw new Error(text('site.help.compareFirst'));
                },
              },
            ]}
          >
            <Checkbox>{text('site.help.compared')}</Checkbox>
          </Form.Item>
          <Form.Item name="reason" label={text('site.help.reason')} rules={required}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          {request.needs === 'safe' && (
            <Form.Item
              name="escrowKey"
              label={text('site.escrow.title')}
              extra={text('site.help.safe')}
              rules={required}
            >
              <Input.TextArea rows={3} maxLength={200} autoComplete="off" />
            </Form.Item>
          )}
          <Form.Item
            label={text('site.help.drive')}
            {...(noDrive && !drive ? { validateStatus: 'error' as const, help: text('site.help.driveFirst') } : {})}
          >
            <DriveChoice value={drive} onChange={setDrive} disabled={answer.busy} />
          </Form.Item>
          <SecondPersonFields />
        </>
      )}
    </FormModal>
  );
}

const About = ({ request: { station, site, at, check } }: { readonly request: Request }) => (
  <Descriptions
    column={1}
    size="small"
    className="note"
    items={[
      { key: 'station', label: text('site.help.station'), children: `${station}（${site}）` },
      { key: 'at', label: text('site.help.askedAt'), children: instantText(at) },
      { key: 'check', label: text('site.help.requestCheck'), children: shortCheck(check) },
    ]}
  />
);
