import { mayCall } from '../../shared/call.ts';
import { calls } from '../../shared/contract.ts';
import { type PersonPart, useRegistry } from '../app/registry.ts';
import { useMe, useSite } from '../app/session.ts';

/** The parts of a person's file that the signed-in person may read. */
export function useParts(personId: string): readonly PersonPart[] {
  const { personParts } = useRegistry();
  const me = useMe();
  const { kind } = useSite();
  return personParts.filter(
    ({ needs, forWhom }) => mayCall(calls[needs], me.roles, kind) && (forWhom === undefined || forWhom(me, personId)),
  );
}
