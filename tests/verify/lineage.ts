import { type Entry, placeOf } from './entries.ts';
import { must } from './refusal.ts';
import { mayFollow } from './sites.ts';

/** Somebody says that a computer works for the station another one worked for. */
type Claim = { readonly bureau: string; readonly site: string; readonly former: string; readonly where: string };

/** Section 8: which computer took whose place, said once of each, and who relies on it. */
export function lineage() {
  const formerOf = new Map<string, string>();
  const claims: Claim[] = [];

  return {
    /** An entry `site.station-succeeded`, where the bureau writes it: in the stream of the computer that takes over. */
    succeed(entry: Entry): void {
      const { site, former } = entry.body;
      const where = placeOf(entry);
      must(typeof site === 'string' && typeof former === 'string', 'entry.body-invalid', where);
      const isPlaced = entry.stream.split('/')[1] === site && mayFollow(site, former);
      const isFirst = (formerOf.get(site) ?? former) === former;
      const isOnly = [...formerOf].every(([other, of]) => other === site || of !== former);
      must(isPlaced && isFirst && isOnly, 'entry.not-allowed-here', where);
      formerOf.set(site, former);
    },

    claim: (claim: Claim): void => void claims.push(claim),

    /** Refuses a claim that no succession bears out, as far as all is given that could. */
    check(isWhole: (stream: string) => boolean): void {
      for (const { bureau, site, former, where } of claims) {
        let one = site;
        for (let next = formerOf.get(one); one !== former && next !== undefined; next = formerOf.get(one)) one = next;
        const isOpen = mayFollow(one, former) && !isWhole(`${bureau}/${one}`);
        must(one === former || isOpen, 'journal.not-its-stream', where);
      }
    },
  };
}
