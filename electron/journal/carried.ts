import type { Entry } from '../../shared/entry.ts';

/** Kinds whose body holds a former computer's entry as it was written; the confidential one holds confidential ones. */
const OPEN = 'handoff.entry-carried';
const CLOSED = 'handoff.closed-entry-carried';

export const carryingKind = (isClosed: boolean): string => (isClosed ? CLOSED : OPEN);

/** The entry inside; null for every other kind. */
export const carriedIn = (kind: string, body: unknown): { readonly entry: Entry; readonly hash: string } | null =>
  kind === OPEN || kind === CLOSED ? (body as { readonly entry: Entry; readonly hash: string }) : null;

/** What a computer notes of itself stays with it: its keys, backups and hand-offs. Whose accounts signed goes along. */
export const isCarried = (kind: string): boolean =>
  !/^(site|handoff|backup|quarantine|media)\./.test(kind) ||
  /^site\.account-(created|changed|closed|rekeyed)$/.test(kind);
