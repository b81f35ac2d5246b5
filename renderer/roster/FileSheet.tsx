import type { FactField, PersonVersion, PersonView } from '../../shared/roster.ts';
import { useParams } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { PrintSheet } from '../ui/PrintSheet.tsx';
import { SheetTable } from '../ui/SheetTable.tsx';
import { useParts } from './parts.ts';
import { sections } from './sections.ts';
import { changeText, fieldLabel, valueText } from './words.ts';

/** A person's whole file as it is printed. */
export function FileSheet() {
  const { id = '' } = useParams();
  const answer = useCall('roster.getPerson', { id });
  return <Loaded answer={answer}>{(person) => <Sheet person={person} />}</Loaded>;
}

function Sheet({ person }: { readonly person: PersonView }) {
  const { id, name, stationName } = person;
  const parts = useParts(id);
  return (
    <PrintSheet title={text('roster.sheet.title')} name={text('roster.sheet.name', { name })}>
      <p>{stationName ?? text('roster.station.bureau')}</p>
      {sections.map((section) => (
        <section key={section.id}>
          <h2>{text(`roster.section.${section.id}`)}</h2>
          <Facts person={person} fields={section.fields} />
        </section>
      ))}
      {parts.map(({ id: part, title: heading, sheet: Part }) => (
        <section key={part}>
          <h2>{text(heading)}</h2>
          <Part personId={id} />
        </section>
      ))}
      <section>
        <h2>{text('roster.file.history')}</h2>
        <History personId={id} />
      </section>
      <p className="signatures">
        <span>{text('roster.sheet.own')}</span>
        <span>{text('roster.sheet.checked')}</span>
        <span>{text('roster.sheet.day')}</span>
      </p>
    </PrintSheet>
  );
}

const Facts = ({ person, fields }: { readonly person: PersonView; readonly fields: readonly FactField[] }) => (
  <dl>
    {fields.map((field) => (
      <div key={field}>
        <dt>{fieldLabel(field)}</dt>
        <dd>{field === 'residentId' ? (person.maskedResidentId ?? '—') : valueText(field, person[field])}</dd>
      </div>
    ))}
  </dl>
);

const reasonText = ({ movedTo, reason }: PersonVersion): string | null =>
  movedTo === null ? reason : [text('roster.history.movedTo', { to: movedTo }), reason].filter(Boolean).join('；');

const columns: readonly Pick<Column<PersonVersion>, 'id' | 'title' | 'value'>[] = [
  { id: 'at', title: text('roster.sheet.at'), value: ({ at }) => instantText(at) },
  { id: 'change', title: text('roster.sheet.change'), value: ({ change }) => text(`roster.change.${change}`) },
  { id: 'effectiveOn', title: text('roster.leave.effectiveOn'), value: ({ effectiveOn }) => effectiveOn },
  { id: 'by', title: text('roster.sheet.by'), value: ({ byName }) => byName },
  { id: 'reason', title: text('app.reason.label'), value: reasonText },
  { id: 'changes', title: text('roster.sheet.changes'), value: ({ changes }) => changes.map(changeText).join('；') },
];

const History = ({ personId }: { readonly personId: string }) => (
  <SheetTable
    answer={useCall('roster.historyOf', { id: personId })}
    columns={columns}
    rowKey={({ version, at }) => `${at} ${String(version)}`}
    empty={text('app.table.empty')}
  />
);
