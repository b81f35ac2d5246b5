import { App, Button } from 'antd';
import type { FactField, PersonVersion, PersonView } from '../../shared/roster.ts';
import { useParams } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
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
  const print = useAction('site.printPage');
  const { message } = App.useApp();
  const title = text('roster.sheet.name', { name });
  const save = async (): Promise<void> => {
    if (await print.run({ name: title })) void message.success(text('roster.sheet.saved'));
  };
  return (
    <Screen
      title={text('roster.sheet.title')}
      hint={text('roster.sheet.hint')}
      back
      actions={
        <Button type="primary" loading={print.busy} onClick={() => void save()}>
          {text('roster.sheet.save')}
        </Button>
      }
    >
      <ProblemNote problem={print.problem} onClose={print.clear} />
      {/* Long, and without anything to press: the keyboard scrolls it by itself. */}
      <article className="sheet" tabIndex={0} aria-label={title}>
        <h1>{title}</h1>
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
      </article>
    </Screen>
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

const columns: readonly Pick<Column<PersonVersion>, 'id' | 'title' | 'value'>[] = [
  { id: 'at', title: text('roster.sheet.at'), value: ({ at }) => instantText(at) },
  { id: 'change', title: text('roster.sheet.change'), value: ({ change }) => text(`roster.change.${change}`) },
  { id: 'effectiveOn', title: text('roster.leave.effectiveOn'), value: ({ effectiveOn }) => effectiveOn },
  { id: 'by', title: text('roster.sheet.by'), value: ({ byName }) => byName },
  { id: 'reason', title: text('app.reason.label'), value: ({ reason }) => reason },
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
