import { boardTotals } from '../../shared/handoff-rules.ts';
import type { StationRow } from '../../shared/handoff.ts';
import { text } from '../app/text.ts';

const TOTALS = ['stations', 'reported', 'silent', 'gaps', 'quarantined', 'lacking', 'waitingDown'] as const;

/** The county in one line, above its stations. */
export function BoardTotals({ rows, now }: { readonly rows: readonly StationRow[]; readonly now: Date }) {
  const totals = boardTotals(rows, now);
  return (
    <section className="board" aria-label={text('handoff.board.totals')}>
      <dl className="figures">
        {TOTALS.map((total) => (
          <div key={total}>
            <dt>{text(`handoff.board.totalOf.${total}`)}</dt>
            <dd>{totals[total]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
