import { Alert } from 'antd';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';

/** Everybody held by an open case, for those who may know; nothing where there is none. */
export function FrozenPeople() {
  const { value } = useCall('discipline.frozenPeople', {});
  if (!value || value.length === 0) return null;
  const people = value.map(({ person: { name }, since, hasLeft }) =>
    text(hasLeft ? 'discipline.incidents.frozenGone' : 'discipline.incidents.frozenSince', { name, since }),
  );
  return (
    <Alert
      className="note"
      showIcon
      type="warning"
      title={text('discipline.incidents.frozen', { people: people.join('、') })}
    />
  );
}

/** That an open case holds the person, in his file. */
export function FrozenPerson({ personId }: { readonly personId: string }) {
  const { value } = useCall('discipline.frozenPeople', {});
  const held = value?.find(({ person }) => person.id === personId);
  if (!held) return null;
  const { since } = held;
  return <Alert className="note" showIcon type="warning" title={text('discipline.person.frozen', { since })} />;
}
