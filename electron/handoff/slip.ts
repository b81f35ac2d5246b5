import type { HandoffSlip } from '../../shared/handoff-slip.ts';
import { fail, ok } from '../../shared/problem.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { packageName } from './file-names.ts';
import type { Range } from './packing.ts';

const written = {
  'handoff.bundle-written': 'report',
  'handoff.return-written': 'return',
  'handoff.kit-issued': 'kit',
} as const;
type Body = {
  readonly site?: string;
  readonly number?: number;
  readonly first?: number;
  readonly last?: number;
  readonly through?: number;
  readonly medium?: string;
  readonly sha256?: string;
  readonly attachments?: number;
  readonly ranges?: readonly Range[];
};

/** Slips of what this site has written, from its own journal: as they were then, whenever they are printed. */
export function slipReading({ db, journal, site }: Services): Pick<HandlersOf<'handoff'>, 'handoff.slip'> {
  const own = site.code;
  const entryAt = db.prepare<[string, number], { kind: string; at: string; line: string }>(
    'SELECT kind, at, line FROM entry WHERE stream = ? AND seq = ?',
  );
  const hashAt = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');
  const kindsIn = db.prepare<[string, number, number], { kind: string; n: number }>(
    'SELECT kind, count(*) AS n FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? GROUP BY kind ORDER BY kind',
  );
  const siteName = db.prepare<[string], { name: string; bureau: string | null }>(
    'SELECT name, bureau FROM site WHERE code = ?',
  );

  const rangesOf = ({ first, last, ranges }: Body): readonly Range[] =>
    first !== undefined && last !== undefined ? [{ stream: own, first, last }] : (ranges ?? []);

  const countsOf = (ranges: readonly Range[]): Record<string, number> => {
    const counts = new Map<string, number>();
    for (const { stream, first, last } of ranges)
      for (const { kind, n } of kindsIn.all(stream, first, last)) {
        const told = journal.toldAs(kind);
        counts.set(told, (counts.get(told) ?? 0) + n);
      }
    return Object.fromEntries(counts);
  };

  const streamOf = (stream: string): HandoffSlip['ranges'][number]['stream'] => {
    if (stream === own) return 'own';
    if (stream.endsWith('/common')) return 'common';
    return stream.includes('/') ? 'station' : 'former';
  };

  const shown = ({ stream, first, last }: Range): HandoffSlip['ranges'][number] => ({
    stream: streamOf(stream),
    ...{ first, last },
    head: hashAt.get(stream, last)?.hash.toString('hex') ?? '',
  });

  return {
    'handoff.slip': ({ seq }) => {
      const entry = entryAt.get(own, seq);
      const kind = entry && written[entry.kind as keyof typeof written];
      if (!entry || !kind) return fail('handoff.package-unknown');
      const { body } = JSON.parse(entry.line) as { readonly body: Body };
      const { name = own, bureau = null } = siteName.get(own) ?? {};
      const to = body.site ?? bureau ?? '';
      const ranges = rangesOf(body);
      const number = body.number ?? null;
      return ok({
        ...{ kind, number, at: entry.at, from: name, to: siteName.get(to)?.name ?? to },
        medium: body.medium ?? '',
        fileName: packageName({ kind, station: body.site ?? own, number }),
        sha256: body.sha256 ?? null,
        attachments: body.attachments ?? null,
        through: body.through ?? null,
        ranges: ranges.map(shown),
        counts: countsOf(ranges),
      });
    },
  };
}
