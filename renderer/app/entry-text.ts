import { disciplineEntries } from '../../shared/discipline-entries.ts';
import { CLOSED_ENTRY } from '../../shared/entry.ts';
import { text } from './text.ts';
import { texts } from './texts.ts';

/** What entries of the journal are called, by their kind; the locale files hold it under `entries`. */
export const entryNames: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(texts).map((slice: object) => (slice as { readonly entries?: object }).entries ?? {}),
) as Readonly<Record<string, string>>;

/** The kinds that can be looked for: confidential ones are found in their own records, but for lists that were saved. */
export const entryChoices: readonly { readonly value: string; readonly label: string }[] = Object.entries(entryNames)
  .filter(([kind]) => kind === 'discipline.list-saved' || !Object.hasOwn(disciplineEntries, kind))
  .map(([value, label]) => ({ value, label }));

export const entryText = (kind: string): string =>
  kind === CLOSED_ENTRY ? text('app.closedEntry') : (entryNames[kind] ?? kind);
