import { Table } from 'antd';
import type { DecisionView } from '../../shared/discipline.ts';
import { useMe } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { decisionColumns } from './decision-columns.tsx';
import { FrozenPerson } from './FrozenPeople.tsx';
import { OwnDecisionList } from './OwnDecisions.tsx';

/** What the signed-in person may know of the decisions on a person, for his file. */
export function PersonDecisions({ personId }: { readonly personId: string }) {
  const me = useMe();
  return me.personId === personId ? <OwnDecisionList /> : <KnownDecisions personId={personId} />;
}

function KnownDecisions({ personId }: { readonly personId: string }) {
  const answer = useCall('discipline.decisionsOf', { personId });
  return (
    <>
      <FrozenPerson personId={personId} />
      <Loaded answer={answer}>
        {(decisions) => (
          <Table<DecisionView>
            size="small"
            pagination={false}
            scroll={{ x: 900 }}
            rowKey={({ id }) => id}
            dataSource={decisions}
            columns={decisionColumns}
            locale={{ emptyText: text('discipline.person.empty') }}
          />
        )}
      </Loaded>
    </>
  );
}
