import { Button } from 'antd';
import type { Carried } from '../../shared/media.ts';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { packageText } from './words.ts';

const proofText = ({ proven }: Carried): string | null =>
  proven === null ? null : text(proven ? 'media.file.proven' : 'media.file.unproven');

const columns = (openSlip: ((seq: number) => void) | null): readonly Column<Carried>[] => [
  { id: 'package', title: text('media.file.package'), width: 150, value: packageText },
  { id: 'at', title: text('media.file.writtenAt'), width: 150, value: ({ at }) => instantText(at) },
  { id: 'to', title: text('media.file.to'), width: 200, value: ({ to }) => to },
  {
    id: 'range',
    title: text('media.file.range'),
    width: 140,
    value: ({ range }) => range && range.join('–'),
    sortBy: ({ range }) => range?.[0] ?? null,
  },
  {
    id: 'proof',
    title: text('media.file.proof'),
    width: 110,
    value: proofText,
    show: (row) =>
      row.proven === null ? null : <StateTag look={row.proven ? 'good' : 'waiting'}>{proofText(row) ?? ''}</StateTag>,
  },
  ...(openSlip
    ? [
        {
          id: 'slip',
          title: text('media.file.slip'),
          width: 90,
          acts: true,
          value: () => null,
          show: ({ slip }: Carried) =>
            slip !== null && (
              <Button size="small" onClick={() => openSlip(slip)}>
                {text('media.file.slip')}
              </Button>
            ),
        },
      ]
    : []),
];

/** What was ever written to a stick, with the slips of what was written here. */
export function CarriedTable({ carried }: { readonly carried: readonly Carried[] }) {
  const go = useGo();
  const hasSlips = useMay('handoff.slip') && carried.some(({ slip }) => slip !== null);
  const openSlip = (seq: number): void => go('hand-over-slip', { seq: String(seq) });
  return (
    <div className="table-box">
      <DataTable
        name="carried"
        title={text('media.file.carried')}
        rows={carried}
        rowKey={({ kind, number, at }) => `${kind} ${String(number)} ${at}`}
        columns={columns(hasSlips ? openSlip : null)}
        empty={text('media.file.carriedEmpty')}
        toolbar={<strong>{text('media.file.carried')}</strong>}
      />
    </div>
  );
}
