import { projections } from '../../electron/slices.ts';
import { aJournal } from '../support/journal.ts';
import { besides } from './limits.ts';
import { against, type Figure, quantile, timed } from './measure.ts';
import { aPerson } from './people.ts';
import { sizes } from './sizes.ts';

/** One entry with its projections, durable, beside a bare insert of the same bytes under the same pragmas. */
export async function appending(): Promise<Figure> {
  const at = await aJournal(projections);
  const lineOf = at.db.prepare<[], { line: string }>('SELECT line FROM entry ORDER BY position DESC LIMIT 1');
  const figure = await besides(async (db) => {
    db.exec('CREATE TABLE raw (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO raw (line) VALUES (?)');
    const ours: number[] = [];
    const limit: number[] = [];
    // In turns, so that a slow moment of the disk meets both.
    for (let n = 0; n < sizes.durable; n += 1) {
      const person = aPerson(n);
      ours.push(await timed(() => at.journal.append('roster.person-recorded', person, { id: 'system', key: null })));
      const { line } = lineOf.get() ?? { line: '' };
      limit.push(await timed(() => insert.run(line)));
    }
    return against('append one person with all projections', quantile(ours, 0.5), quantile(limit, 0.5), 2.5);
  });
  at.close();
  return figure;
}
