import { ImportOutlined, PlusOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { Button, Input, Segmented } from 'antd';
import { identityKinds } from '../../shared/code-tables.ts';
import { activeStatuses } from '../../shared/person.ts';
import { type PersonRow, personSorts } from '../../shared/roster.ts';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { useDraft } from '../app/use-draft.ts';
import { PagedTable } from '../ui/PagedTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { personColumns } from './person-columns.tsx';
import { everybody, everyRow, PAGE_SIZE, type Question } from './question.ts';
import { useStations } from './StationField.tsx';
import { leftStatuses } from './words.ts';

/** Everybody of the strength (人员底册), and those who left it. */
export function Persons() {
  const go = useGo();
  const { kind } = useSite();
  const mayRecord = useMay('roster.recordPerson');
  const mayCompare = useMay('duplicates.pairs');
  const [question, change] = useDraft<Question>('persons', everybody);
  const answer = useCall('roster.listPersons', question);
  const posts = useCall('roster.listPosts', {}).value ?? [];
  const stations = useStations();
  const all = useAction('roster.listPersons');
  const filter = (part: Partial<Question>): void => change({ ...part, offset: 0 });
  return (
    <Screen
      title={text('roster.list.title')}
      hint={<Counts />}
      actions={
        <>
          {mayCompare && (
            <Button icon={<UserSwitchOutlined />} onClick={() => go('duplicates')}>
              {text('roster.list.duplicates')}
            </Button>
          )}
          {mayRecord && (
            <>
              <Button icon={<ImportOutlined />} onClick={() => go('import-roster')}>
                {text('roster.list.import')}
              </Button>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => go('person-form')}>
                {text('roster.list.add')}
              </Button>
            </>
          )}
        </>
      }
    >
      <ProblemNote problem={answer.problem ?? all.problem} onRetry={answer.reload} />
      <PagedTable<PersonRow>
        name="persons"
        title={text('roster.list.title')}
        columns={personColumns(question, { posts, stations }, kind === 'bureau')}
        page={answer.value}
        pageSize={PAGE_SIZE}
        paging={question}
        onPage={({ offset, sort, descending }) => change({ offset, sort: sortOf(sort), descending })}
        onFilter={(chosen) => filter(chosenIn(chosen))}
        everyRow={() => everyRow(question, all.run)}
        rowKey={({ id }) => id}
        loading={answer.loading}
        onOpen={({ id }) => go('person', { id })}
        empty={text(isNarrowed(question) ? 'roster.list.nobodyFound' : 'roster.list.empty')}
        toolbar={<Toolbar question={question} onFilter={filter} />}
      />
    </Screen>
  );
}

function Toolbar({
  question: { search, statuses },
  onFilter,
}: {
  readonly question: Question;
  readonly onFilter: (part: Partial<Question>) => void;
}) {
  const groups = { active: activeStatuses, left: leftStatuses, all: [] } as const;
  const names = ['active', 'left', 'all'] as const;
  const shown = names.find((name) => [...groups[name]].sort().join() === [...statuses].sort().join());
  return (
    <>
      <Input.Search
        className="person-search"
        allowClear
        maxLength={60}
        aria-label={text('roster.list.search')}
        placeholder={text('roster.list.search')}
        value={search}
        onChange={({ target }) => onFilter({ search: target.value })}
      />
      <Segmented<string>
        aria-label={text('roster.field.status')}
        value={shown ?? ''}
        options={names.map((name) => ({ value: name, label: text(`roster.list.${name}`) }))}
        onChange={(name) => onFilter({ statuses: [...groups[names.find((one) => one === name) ?? 'all']] })}
      />
      <Button onClick={() => onFilter(everybody)}>{text('roster.list.reset')}</Button>
    </>
  );
}

/** How many there are, and of which identity. */
function Counts() {
  const { value } = useCall('roster.counts', {});
  if (!value) return null;
  const { byIdentity, ...counts } = value;
  const kinds = identityKinds.entries.flatMap(({ key, label }) => {
    const found = byIdentity.find(({ identityKind }) => identityKind === key);
    return found ? [`${label} ${String(found.count)}`] : [];
  });
  return (
    <>
      {text('roster.list.counts', counts)}
      <span className="by-identity">{kinds.join('　')}</span>
    </>
  );
}

const isNarrowed = ({ search, identityKinds: kinds, ranks, posts, qualifications, station }: Question): boolean =>
  search !== '' || station !== null || [kinds, ranks, posts, qualifications].some(({ length }) => length > 0);

const sortOf = (id: string): Question['sort'] => personSorts.find((one) => one === id) ?? 'name';

/** The filters of the columns, as the list is asked. */
const chosenIn = (chosen: Readonly<Record<string, readonly string[]>>): Partial<Question> => {
  const { identityKind = [], rank = [], post = [], qualificationLevel = [], status = [], station = [] } = chosen;
  // The columns offer nothing but the keys of their tables.
  return {
    identityKinds: identityKind as Question['identityKinds'],
    ranks: rank as Question['ranks'],
    qualifications: qualificationLevel as Question['qualifications'],
    statuses: status as Question['statuses'],
    posts: [...post],
    station: station[0] ?? null,
  };
};
