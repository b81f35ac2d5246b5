/** A string that stands in one confidential record alone: whoever reads it somewhere has read of that record. */
export type Canary = {
  readonly text: string;
  /** The incident it belongs to; `comment` for what somebody said of his file, `identity` for a full identity number, `kind` for what an entry is called. */
  readonly of: string;
  /** The login that learns it with the decision it was told of. */
  readonly toldTo?: string;
};

/** Writes a canary and remembers it. */
export type Sow = (of: string, what: string, toldTo?: string) => string;

/** The mark in every written canary, so that one search through raw bytes finds them all. */
export const MARK = '鼹鼠';

/** Which of the canaries can be read in a value, however deep. */
export function canariesIn(value: unknown, canaries: readonly Canary[]): readonly Canary[] {
  const text = textOf(value);
  return canaries.filter((canary) => text.includes(canary.text));
}

/** Errors are read with message, stack and cause, as the worst log would write them. */
const textOf = (value: unknown): string =>
  JSON.stringify({ value }, (_key, inner: unknown) =>
    inner instanceof Error ? [inner.name, inner.message, inner.stack, inner.cause, Object.entries(inner)] : inner,
  );
