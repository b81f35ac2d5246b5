import { Alert } from 'antd';
import type { StationRow } from '../../shared/handoff.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';

/** Stations that went on from an old copy of themselves: where their histories part, and the way out. */
export const Forks = ({ board }: { readonly board: readonly StationRow[] }) => (
  <>
    {board.map(
      ({ site, name, fork, revoked }) =>
        fork && (
          <Alert
            key={site}
            type={revoked ? 'info' : 'error'}
            showIcon
            className="note"
            title={text(revoked ? 'handoff.fork.settled' : 'handoff.fork.title', {
              ...{ station: name, ...fork, since: instantText(fork.since) },
            })}
            description={text(revoked ? 'handoff.fork.refound' : 'handoff.fork.revoke')}
          />
        ),
    )}
  </>
);
