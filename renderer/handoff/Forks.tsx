import { Alert } from 'antd';
import type { StationRow } from '../../shared/handoff.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';
import { computerText } from './computer.tsx';

/** Stations that went on from an old copy of themselves: where their histories part, and the way out. */
export const Forks = ({ board }: { readonly board: readonly StationRow[] }) => (
  <>
    {board.map(
      ({ fork, revoked, ...row }) =>
        fork && (
          <Alert
            key={row.site}
            type={revoked ? 'info' : 'error'}
            showIcon
            className="note"
            title={text(revoked ? 'handoff.fork.settled' : 'handoff.fork.title', {
              ...{ station: computerText(row), ...fork, since: instantText(fork.since) },
            })}
            description={text(revoked ? 'handoff.fork.refound' : 'handoff.fork.revoke')}
          />
        ),
    )}
  </>
);
