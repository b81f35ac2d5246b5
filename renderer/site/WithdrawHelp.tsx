import { Button, Modal } from 'antd';
import { useState } from 'react';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Takes the request back that waits for the bureau's answer. */
export function WithdrawHelp({ onWithdrawn }: { readonly onWithdrawn: () => void }) {
  const [asking, setAsking] = useState(false);
  const withdraw = useAction('site.withdrawHelp');
  const confirm = async (): Promise<void> => {
    if (!(await withdraw.run({}))) return;
    setAsking(false);
    onWithdrawn();
  };
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {text('site.help.withdraw')}
      </Button>
      {asking && (
        <Modal
          open
          title={text('site.help.withdraw')}
          okText={text('site.help.withdraw')}
          okButtonProps={{ danger: true }}
          confirmLoading={withdraw.busy}
          onOk={() => void confirm()}
          onCancel={() => setAsking(false)}
        >
          <p>{text('site.help.withdrawText')}</p>
          <ProblemNote problem={withdraw.problem} />
        </Modal>
      )}
    </>
  );
}
