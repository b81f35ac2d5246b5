import { CLOSED_ENTRY } from '../../shared/entry.ts';
import { entryText } from '../app/entry-text.ts';
import { type TextKey, text } from '../app/text.ts';

/** What was recorded; where this computer does not know the kind, neither can it say whether it is confidential. */
export const kindText = ({ kind, code }: { readonly kind: string; readonly code: string }): string =>
  code === 'entry.kind-unknown' && (kind === CLOSED_ENTRY || entryText(kind) === kind)
    ? text('quarantine.list.unknownKind')
    : entryText(kind);

type Why = 'unknown' | 'invalid' | 'denied' | 'signature' | 'rules';
const why: Readonly<Record<string, Why>> = {
  'entry.kind-unknown': 'unknown',
  'entry.body-invalid': 'invalid',
  'entry.not-allowed-here': 'denied',
  'entry.signature-invalid': 'signature',
  'journal.unsigned': 'signature',
};

/** What those who see it here can do about a refused entry; what no code of the journal's names broke a rule. */
export const todoText = (code: string, at: 'bureau' | 'station'): string =>
  text(`quarantine.todo.${at}.${why[code] ?? 'rules'}`);

/** A field of an entry as the ledgers call it; one without a name stays as it stands in the entry. */
export function fieldText(name: string): string {
  const key = `quarantine.field.${name}`;
  // Not every name is a key: the text is the key itself then.
  const found = text(key as TextKey);
  return found === key ? name : found;
}
