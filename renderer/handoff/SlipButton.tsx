import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';

/** To the hand-over slip of what was just written. */
export function SlipButton({ seq, words }: { readonly seq: number; readonly words?: string }) {
  const go = useGo();
  return (
    <Button icon={<PrinterOutlined />} onClick={() => go('hand-over-slip', { seq: String(seq) })}>
      {words ?? text('handoff.slip.print')}
    </Button>
  );
}
