import type { Entry } from '../../shared/entry.ts';
import { streamParts } from './entry-line.ts';

/** Where an entry comes from, for the projections: nothing here depends on the order streams arrived in. */
export type EntryMeta = {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly hash: string;
  readonly fromBureau: boolean;
  /** The station the entry is about: the writer itself, or whom the bureau wrote it for; null when for all or none. */
  readonly station: string | null;
  /** Whose rows the entry makes: the station's, whichever of its computers wrote it, or the bureau's stream. */
  readonly owner: string;
  /** The stream its author's account stands in; of a carried entry the one it was written for. */
  readonly home: string;
};

/** Which computers a station has had: its records belong to the first one's code, whichever is in use. */
export type Line = {
  readonly stationOf: (site: string) => string;
  readonly computerOf: (station: string) => string;
};

/** Which site this database is. */
export type Self = { readonly site: string; readonly kind: 'station' | 'bureau' };

/** Whether the bureau wrote the stream. */
export const isFromBureau = (stream: string, self: Self): boolean =>
  stream.includes('/') || (self.kind === 'bureau' && stream === self.site);

/** What the projections learn of an entry beside its body; a carried one counts as its station's own. */
export function metaOf(
  { stream, seq, at, by }: Entry,
  inner: Entry | null,
  { hash, self, line }: { readonly hash: string; readonly self: Self; readonly line: Line },
): EntryMeta {
  const { writer, branch } = streamParts(inner?.stream ?? stream);
  const fromBureau = !inner && isFromBureau(stream, self);
  const about = fromBureau ? (branch === 'common' ? null : branch) : writer;
  const station = about && line.stationOf(about);
  const owner = fromBureau ? stream : (station ?? stream);
  const written = inner ? { at: inner.at, by: inner.by } : { at, by };
  return { stream, seq, ...written, hash, fromBureau, station, owner, home: inner?.stream ?? stream };
}
