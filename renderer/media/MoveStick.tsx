import { Form, Input } from 'antd';
import dayjs from 'dayjs';
import type { StickRow } from '../../shared/media.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { DateField } from '../ui/DateField.tsx';
import { FormModal } from '../ui/FormModal.tsx';

/** What can be done with a stick by its keeper. */
export const movements = ['issue', 'takeBack', 'loss', 'found', 'retire'] as const;
export type Movement = (typeof movements)[number];

const allowed: Readonly<Record<StickRow['state'], readonly Movement[]>> = {
  in: ['issue', 'loss', 'retire'],
  out: ['takeBack', 'loss'],
  lost: ['found', 'retire'],
  retired: [],
};
export const movementsOf = ({ state }: StickRow): readonly Movement[] => allowed[state];

type Fields = { readonly on: string; readonly holder?: string; readonly words?: string };

const required = [{ required: true, whitespace: true, message: text('media.required') }];
const today = (): string => dayjs().format('YYYY-MM-DD');

function useMoves() {
  return {
    issue: useAction('media.issueStick'),
    takeBack: useAction('media.takeBackStick'),
    loss: useAction('media.reportLoss'),
    found: useAction('media.reportFound'),
    retire: useAction('media.retireStick'),
  };
}

/** One movement of a stick: when, to whom, and what there is to say about it. */
export function MoveStick({
  id,
  what,
  onClose,
}: {
  readonly id: string;
  readonly what: Movement;
  readonly onClose: () => void;
}) {
  const moves = useMoves();
  const run = ({ on, holder = '', words = '' }: Fields): Promise<object | null> => {
    const said = words.trim();
    switch (what) {
      case 'issue':
        return moves.issue.run({ id, on, holder, remarks: said || null });
      case 'takeBack':
        return moves.takeBack.run({ id, on, remarks: said || null });
      case 'loss':
        return moves.loss.run({ id, on, circumstances: said });
      case 'found':
        return moves.found.run({ id, on, remarks: said });
      case 'retire':
        return moves.retire.run({ id, on, reason: said });
    }
  };
  const mustSay = what === 'loss' || what === 'found' || what === 'retire';
  return (
    <FormModal<Fields>
      title={text(`media.${what}.title`)}
      initial={{ on: today() }}
      confirm={text(`media.${what}.submit`)}
      danger={what === 'loss' || what === 'retire'}
      action={moves[what]}
      onSubmit={async (fields) => {
        if (await run(fields)) onClose();
      }}
      onClose={onClose}
    >
      <p>{text(`media.${what}.lead`)}</p>
      <div className="columns">
        {what === 'issue' && (
          <Form.Item name="holder" label={text('media.list.holder')} rules={required}>
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item name="on" label={text('media.on')} rules={required}>
          <DateField notAfterToday />
        </Form.Item>
      </div>
      <Form.Item
        name="words"
        label={mustSay ? text(`media.${what}.words`) : text('media.words')}
        rules={mustSay ? required : []}
      >
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
    </FormModal>
  );
}
