import { GENESIS } from '../../shared/entry.ts';
import type { Receipt } from '../../shared/manifest.ts';
import type { Problem } from '../../shared/problem.ts';

type Written = { readonly number: number; readonly first: number; readonly last: number };

/**
 * Why a station does not believe a receipt: it is of another history than its own, or it accounts for a bundle of its
 * with more or fewer entries than were in it. A bundle the station has no note of says nothing.
 */
export function refusalOf(
  { through, hash, bundles }: Receipt,
  own: string,
  hashAt: (stream: string, seq: number) => string | null,
  written: (stream: string, sha256: string) => Written | null,
): Problem | null {
  if (hash !== (through === 0 ? GENESIS : hashAt(own, through)))
    return { code: 'handoff.receipt-not-our-history', detail: { through } };
  for (const { number, sha256, accepted, alreadyKnown, quarantined, held } of bundles) {
    const ours = written(own, sha256);
    const told = accepted + alreadyKnown + quarantined + held;
    if (ours && (ours.number !== number || ours.last - ours.first + 1 !== told))
      return { code: 'handoff.receipt-counts-differ', detail: { number: ours.number, told } };
  }
  return null;
}

const MOST_GAPS = 5_000;
const MOST_BYTES = 512 * 1024;

/** Of what a receipt names, as much as one entry may say; the rest comes with a later one, once this is settled. */
export function notable({ missing, quarantined }: Receipt): Pick<Receipt, 'missing' | 'quarantined'> {
  let bytes = 0;
  const fits = (one: Receipt['quarantined'][number]): boolean =>
    (bytes += Buffer.byteLength(JSON.stringify(one)) + 1) <= MOST_BYTES;
  return { missing: missing.slice(0, MOST_GAPS), quarantined: quarantined.filter(fits) };
}
