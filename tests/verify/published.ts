import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { z } from 'zod';

const textOf = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../resources/format', name), 'utf8');

/** What tells whether a value fits a published JSON Schema. */
export function published(name: string): (value: unknown) => boolean {
  const schema = z.fromJSONSchema(JSON.parse(textOf(`${name}.schema.json`)) as z.core.JSONSchema.JSONSchema);
  return (value) => schema.safeParse(value).success;
}

type Kind = {
  readonly from: 'station' | 'bureau' | 'both';
  readonly signed: boolean;
  readonly closed: boolean;
  readonly body: z.core.JSONSchema.JSONSchema;
};
const kinds = JSON.parse(textOf('kinds.json')) as Readonly<Record<string, Kind>>;

/** What kinds.json says of a kind of entry; undefined where it does not know it. */
export const kindOf = (kind: string): Kind | undefined => (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined);

/** Whether a body is as kinds.json has it for its kind. */
export const fitsKind = ({ body: schema }: Kind, body: unknown): boolean =>
  z.fromJSONSchema(schema).safeParse(body).success;

/** The value of bytes that are UTF-8 and JSON; undefined for all others. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Whether the bytes are the RFC 8785 form of the value they were read from. */
export function isCanonical(bytes: Uint8Array, value: unknown): boolean {
  try {
    return canonicalBytes(value).equals(bytes);
  } catch {
    // A lone surrogate, or nesting without end.
    return false;
  }
}

/** RFC 8785. */
export const canonicalBytes = (value: unknown): Buffer => Buffer.from(canonicalize(value) ?? '');
