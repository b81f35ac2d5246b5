import type { Db } from '../db/open.ts';
import type { Line } from '../journal/projection.ts';

/** Which computer took whose place; the slice's own table says it of each site. */
export function lineProjectors(db: Db) {
  const succeed = db.prepare(`UPDATE site SET former = @former,
    station = coalesce((SELECT f.station FROM site f WHERE f.code = @former), @former) WHERE code = @code`);
  return {
    'site.station-succeeded': ({ site: code, former }: { readonly site: string; readonly former: string }) =>
      void succeed.run({ code, former }),
  };
}

/** A computer that took a former one's place works for the same station. */
export function lineOf(db: Db): Line {
  const station = db.prepare<[string], { station: string | null }>('SELECT station FROM site WHERE code = ?');
  const latest = db.prepare<[string], { code: string }>(
    'SELECT code FROM site WHERE station = ? ORDER BY length(code) DESC, code DESC LIMIT 1',
  );
  return {
    stationOf: (site) => station.get(site)?.station ?? site,
    computerOf: (one) => latest.get(one)?.code ?? one,
  };
}
