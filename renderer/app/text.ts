import type { Note } from '../../shared/ledger-import.ts';
import type { Problem } from '../../shared/problem.ts';
import { texts } from './texts.ts';

type Leaf<T, P extends string> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaf<T[K], `${P}${K}.`>;
}[keyof T & string];

/** `slice.screen.item`, as the locale files hold it. */
export type TextKey = Leaf<typeof texts, ''>;
export type TextParams = Readonly<Record<string, string | number | boolean | null>>;

const fill = (template: string, params: TextParams): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));

/** The text with its `{places}` filled. */
export function text(key: TextKey, params: TextParams = {}): string {
  let found: unknown = texts;
  for (const part of key.split('.')) found = (found as Readonly<Record<string, unknown>>)[part];
  return typeof found === 'string' ? fill(found, params) : key;
}

type ByCode = Readonly<Record<string, string>>;
const gathered = (part: 'problems' | 'notes'): ByCode =>
  Object.assign(
    {},
    ...Object.values(texts).map((slice: object) => (slice as Record<string, ByCode>)[part] ?? {}),
  ) as ByCode;
const problems = gathered('problems');
const notes = gathered('notes');

/** What happened and what to do next. */
export const problemText = ({
  code,
  detail = {},
}: {
  readonly code: string;
  readonly detail?: Problem['detail'];
}): string => fill(problems[code] ?? code, detail);

/** The texts of all codes that begin so. */
export const problemTexts = (prefixes: readonly string[]): ByCode =>
  Object.fromEntries(Object.entries(problems).filter(([code]) => prefixes.some((prefix) => code.startsWith(prefix))));

/** Why a row of a ledger was repaired or refused. */
export const noteText = ({ code, params = {} }: Note): string => fill(notes[code] ?? problems[code] ?? code, params);
