import type { ReactNode } from 'react';
import type { JudgedEntry } from '../../shared/quarantine.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';
import { fieldText } from './words.ts';

type Names = JudgedEntry['names'];
const INSTANT = /^\d{4}-\d\d-\d\dT.*Z$/;

function valueText(value: string | number | boolean, names: Names): string {
  if (typeof value === 'boolean') return text(value ? 'app.yes' : 'app.no');
  if (typeof value === 'number') return String(value);
  return names[value] ?? (INSTANT.test(value) ? instantText(value) : value);
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** A value of a body in words, however deep it is. */
function shown(value: unknown, names: Names): ReactNode {
  if (isPlain(value)) return valueText(value, names);
  if (!Array.isArray(value)) return <Fields body={value as object} names={names} />;
  if (value.every(isPlain)) return value.map((each) => valueText(each, names)).join('、');
  return (
    <ol>
      {value.map((each: unknown, index) => (
        <li key={index}>{shown(each, names)}</li>
      ))}
    </ol>
  );
}

const Fields = ({ body, names }: { readonly body: object; readonly names: Names }) => (
  <dl className="entry-fields">
    {Object.entries(body)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{fieldText(name)}</dt>
          <dd>{shown(value, names)}</dd>
        </div>
      ))}
  </dl>
);

/** What an entry says: in the ledgers' words as far as there are any, and as it stands in the journal. */
export const EntryBody = ({ body, names }: Pick<JudgedEntry, 'body' | 'names'>) => (
  <>
    <Fields body={body} names={names} />
    <details>
      <summary>{text('quarantine.entry.raw')}</summary>
      <pre className="entry-body">{JSON.stringify(body, null, 2)}</pre>
    </details>
  </>
);
