import type { Carried, StickRow } from '../../shared/media.ts';
import type { MediaStore } from './store.ts';

type Body = {
  readonly number?: number;
  readonly first?: number;
  readonly last?: number;
  readonly site?: string;
};

/** What was written to a stick by its site, newest first: each package is sealed to one other site, which alone opens it. */
export function carriedBy(store: MediaStore, { site, number, isOwn }: StickRow): Carried[] {
  const through = store.provenThrough(site);
  return store.written(site, number).map(({ seq, kind, at, line }): Carried => {
    const slip = isOwn ? seq : null;
    const { body } = JSON.parse(line) as { readonly body: Body };
    if (kind !== 'handoff.bundle-written') {
      const to = store.siteName(body.site ?? '');
      return {
        kind: kind === 'handoff.kit-issued' ? 'kit' : 'return',
        number: body.number ?? null,
        at,
        to,
        range: null,
        proven: null,
        slip,
      };
    }
    const { first = 0, last = 0 } = body;
    const to = store.siteName(store.bureauOf(site));
    return { kind: 'report', number: body.number ?? null, at, to, range: [first, last], proven: last <= through, slip };
  });
}
