import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText, shortCheck } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { SlipButton } from './SlipButton.tsx';
import { rangesText } from './words.ts';

type Row = Output<'handoff.state'>['bundles'][number];

const stateText = ({ proven }: Row): string => text(proven ? 'handoff.bundles.proven' : 'handoff.bundles.unproven');

const columns: readonly Column<Row>[] = [
  { id: 'number', title: text('handoff.bundles.number'), width: 80, align: 'right', value: ({ number }) => number },
  { id: 'at', title: text('handoff.bundles.at'), width: 150, value: ({ at }) => instantText(at) },
  {
    id: 'state',
    title: text('handoff.bundles.state'),
    width: 110,
    filter: true,
    value: stateText,
    show: (row) => <StateTag look={row.proven ? 'good' : 'waiting'}>{stateText(row)}</StateTag>,
  },
  {
    id: 'range',
    title: text('handoff.bundles.range'),
    width: 170,
    value: ({ first, last }) => rangesText([[first, last]]),
    sortBy: ({ first }) => first,
  },
  { id: 'medium', title: text('handoff.bundles.medium'), width: 110, value: ({ medium }) => medium || null },
  { id: 'check', title: text('handoff.bundles.check'), width: 180, value: ({ sha256 }) => shortCheck(sha256) },
  {
    id: 'copy',
    title: text('handoff.bundles.copy'),
    width: 110,
    value: ({ copyKept }) => text(copyKept ? 'handoff.bundles.copyKept' : 'handoff.bundles.copyGone'),
  },
  {
    id: 'slip',
    title: text('handoff.slip.print'),
    width: 110,
    acts: true,
    value: () => null,
    show: ({ slip }) => <SlipButton seq={slip} />,
  },
];

/** Every bundle written here and whether its receipt has come. */
export const BundlesWritten = ({ bundles }: { readonly bundles: readonly Row[] }) => (
  <div className="table-box">
    <DataTable
      name="bundles"
      title={text('handoff.bundles.title')}
      rows={bundles}
      rowKey={({ number }) => String(number)}
      columns={columns}
      empty={text('handoff.bundles.empty')}
      toolbar={<strong>{text('handoff.bundles.title')}</strong>}
    />
  </div>
);
