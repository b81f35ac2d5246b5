import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Entry } from '../../shared/entry.ts';

/** RFC 8785 canonical JSON; throws on what JSON cannot say. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}

export const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** What the author signs: the entry without its signature. */
export const signedBytes = ({ sig: _sig, ...unsigned }: Entry): Buffer => Buffer.from(canonical(unsigned));

/** The station, and whether the bureau wrote it, from the stream's name alone. */
export function streamParts(stream: string): { writer: string; branch: string | null } {
  const slash = stream.indexOf('/');
  return slash < 0
    ? { writer: stream, branch: null }
    : { writer: stream.slice(0, slash), branch: stream.slice(slash + 1) };
}

/**
 * `at` and `prev` without parsing the body: canonical JSON sorts the keys (at, body, by, kind, prev, …), so the first
 * `at` and the last `prev` are the entry's own.
 */
export function linkOf(line: string): { at: string; prev: string } {
  const prevAt = line.lastIndexOf('"prev":"') + 8;
  return { at: line.slice(7, line.indexOf('"', 7)), prev: line.slice(prevAt, prevAt + 64) };
}

/** Longer than what stands behind any entry's body. */
const TAIL = 500;
const tail =
  /,"kind":"(?<kind>[^"]*)","prev":"(?<prev>[0-9a-f]{64})","seq":(?<seq>\d+)(?:,"sig":"[^"]*")?,"stream":"(?<stream>[^"]*)","v":1\}$/;

/** An entry's place in its chain, from its line alone: canonical JSON puts these keys behind the body. */
export function placeOf(line: string): Pick<Entry, 'kind' | 'prev' | 'seq' | 'stream'> {
  const { kind = '', prev = '', seq = '', stream = '' } = tail.exec(line.slice(-TAIL))?.groups ?? {};
  if (stream === '') throw new Error('not the line of an entry');
  return { kind, prev, seq: Number(seq), stream };
}
