import type { FactField, PersonRow } from '../../shared/roster.ts';
import { text } from '../app/text.ts';
import type { PagedColumn } from '../ui/PagedTable.tsx';
import type { Question } from './question.ts';
import { StatusTag } from './StatusTag.tsx';
import { fieldLabel, optionsFor, valueText } from './words.ts';

type Column = PagedColumn<PersonRow>;
type Choices = {
  readonly posts: readonly string[];
  /** Empty at a station. */
  readonly stations: readonly { readonly value: string; readonly label: string }[];
};

const fact = (field: FactField & keyof PersonRow, width: number, more: Partial<Column> = {}): Column => ({
  id: field,
  title: fieldLabel(field),
  width,
  value: (row) => (row[field] === null ? null : valueText(field, row[field])),
  ...more,
});

const among = (field: FactField, chosen: readonly string[]): Partial<Column> => ({
  choice: { options: optionsFor(field), chosen },
});

const stationColumn = (stations: Choices['stations'], { station }: Question): Column => ({
  id: 'station',
  title: text('roster.station.label'),
  width: 150,
  value: ({ stationName }) => stationName ?? text('roster.station.bureau'),
  choice: { options: stations, chosen: station === null ? [] : [station], single: true },
});

/** The list's columns, with the filters that are set. */
export function personColumns(question: Question, { posts, stations }: Choices, ofBureau: boolean): readonly Column[] {
  const { identityKinds, ranks, qualifications, statuses } = question;
  const postOptions = posts.map((post) => ({ value: post, label: post }));
  const levels = [...optionsFor('qualificationLevel'), { value: 'NONE', label: text('roster.list.unqualified') }];
  return [
    fact('name', 90, { fixed: true, sorts: true }),
    ...(ofBureau ? [stationColumn(stations, question)] : []),
    fact('sex', 60),
    fact('identityKind', 130, among('identityKind', identityKinds)),
    fact('unit', 130),
    fact('post', 120, { choice: { options: postOptions, chosen: question.posts } }),
    fact('status', 80, {
      show: ({ status }) => <StatusTag status={status} />,
      ...among('status', statuses),
    }),
    fact('rank', 100, { sorts: true, ...among('rank', ranks) }),
    fact('badgeNo', 90),
    fact('qualificationLevel', 100, { choice: { options: levels, chosen: qualifications } }),
    fact('grade', 120),
    fact('birthDate', 105, { sorts: true }),
    fact('postStart', 130, { sorts: true }),
    fact('phone', 120),
    {
      id: 'residentId',
      title: fieldLabel('residentId'),
      width: 165,
      value: ({ maskedResidentId }) => maskedResidentId,
    },
  ];
}
