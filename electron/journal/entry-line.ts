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
