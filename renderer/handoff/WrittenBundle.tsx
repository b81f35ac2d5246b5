import { Alert, Descriptions } from 'antd';
import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { shortCheck, sizeText } from '../ui/format.ts';
import { SlipButton } from './SlipButton.tsx';
import { rangesText } from './words.ts';

/** What stands on the medium, and what still waits for the next one. */
export function WrittenBundle({ bundle }: { readonly bundle: Output<'handoff.export'> }) {
  const { fileName, first, last, entries, attachments, sizeBytes, sha256, rest, lost, slip } = bundle;
  const facts = [
    ['file', fileName],
    ['entries', text('handoff.export.range', { range: rangesText([[first, last]]), count: entries })],
    ['attachments', text('handoff.export.pieces', { count: attachments })],
    ['size', sizeText(sizeBytes)],
    ['check', shortCheck(sha256)],
    ...(rest ? [['rest', text('handoff.export.restCount', { ...rest, size: sizeText(rest.sizeBytes) })] as const] : []),
  ] as const;
  return (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        title={text('handoff.export.done')}
        action={<SlipButton seq={slip} />}
      />
      {lost > 0 && (
        <Alert type="warning" showIcon className="note" title={text('handoff.export.lost', { count: lost })} />
      )}
      <Descriptions
        column={1}
        size="small"
        className="note"
        items={facts.map(([key, children]) => ({ key, label: text(`handoff.export.${key}`), children }))}
      />
    </>
  );
}
