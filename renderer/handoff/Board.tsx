import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { SILENT_DAYS } from '../../shared/handoff-rules.ts';
import type { StationRow } from '../../shared/handoff.ts';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { BoardTotals } from './BoardTotals.tsx';
import { boardColumns } from './board-columns.tsx';
import { Forks } from './Forks.tsx';
import { KitModal } from './KitModal.tsx';
import { RefoundModal } from './RefoundModal.tsx';
import { RegisterStation } from './RegisterStation.tsx';
import { Restored } from './Restored.tsx';
import { ReturnModal } from './ReturnModal.tsx';
import { RevokeModal } from './RevokeModal.tsx';
import { computerText } from './computer.tsx';

type Station = Pick<StationRow, 'site' | 'name'>;
type Act =
  { readonly what: 'register' } | { readonly what: 'kit' | 'return' | 'revoke' | 'refound'; readonly station: Station };

/** A bureau's stations: what came, what is missing, what waits to go down. */
export function Board() {
  const board = useCall('handoff.board', {});
  const go = useGo();
  const mayImport = useMay('handoff.importBundles');
  const mayRegister = useMay('handoff.registerStation');
  const mayRefound = useMay('handoff.refound');
  const mayRevoke = useMay('handoff.revokeStation');
  const mayReturn = useMay('handoff.writeReturn');
  const [act, setAct] = useState<Act | null>(null);
  const close = (): void => setAct(null);
  const button = (what: 'kit' | 'return' | 'revoke' | 'refound', row: StationRow, disabled = false) => {
    const station = { site: row.site, name: computerText(row) };
    return (
      <Button size="small" danger={what === 'revoke'} disabled={disabled} onClick={() => setAct({ what, station })}>
        {text(`handoff.board.${what}`)}
      </Button>
    );
  };
  const buttons = (station: StationRow): React.ReactNode =>
    station.revoked ? (
      mayRefound && button('refound', station)
    ) : (
      <Space>
        {mayReturn && button('return', station, !station.pinned)}
        {mayRegister && button('kit', station)}
        {mayRevoke && button('revoke', station)}
      </Space>
    );
  return (
    <Screen
      title={text('handoff.board.title')}
      hint={text('handoff.board.hint', { days: SILENT_DAYS })}
      actions={
        <>
          {mayRegister && (
            <Button icon={<PlusOutlined />} onClick={() => setAct({ what: 'register' })}>
              {text('handoff.board.register')}
            </Button>
          )}
          {mayImport && (
            <Button type="primary" icon={<ImportOutlined />} onClick={() => go('import-bundles')}>
              {text('handoff.board.import')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNote problem={board.problem} onRetry={board.reload} />
      <div className="stack">
        {board.value && board.value.length > 0 && <BoardTotals rows={board.value} now={new Date()} />}
        <Restored rows={board.value ?? []} onResumed={board.reload} />
        <Forks board={board.value ?? []} />
      </div>
      <DataTable
        name="board"
        title={text('handoff.board.title')}
        rows={board.value ?? []}
        rowKey={({ site }) => site}
        loading={board.loading}
        empty={text('handoff.board.empty')}
        columns={boardColumns(new Date(), buttons)}
      />
      {act?.what === 'register' && (
        <RegisterStation onClose={close} onRegistered={(station) => setAct({ what: 'kit', station })} />
      )}
      {act?.what === 'kit' && <KitModal station={act.station} onClose={close} />}
      {act?.what === 'revoke' && (
        <RevokeModal
          station={act.station}
          onRevoked={() => setAct({ what: 'refound', station: act.station })}
          onClose={close}
        />
      )}
      {act?.what === 'refound' && (
        <RefoundModal
          station={act.station}
          onRefounded={(station) => setAct({ what: 'kit', station })}
          onClose={close}
        />
      )}
      {act?.what === 'return' && <ReturnModal station={act.station} onClose={close} />}
    </Screen>
  );
}
