import { Button, Card, Modal, Space } from 'antd';
import { useState } from 'react';
import type { IncidentView } from '../../shared/discipline.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';

const types = { jpg: 'image/jpeg', png: 'image/png' } as const;

/** The evidence, shown from memory; it leaves no file behind. */
export function EvidencePart({ incident }: { readonly incident: IncidentView }) {
  const [shown, setShown] = useState<string | null>(null);
  if (incident.evidence.length === 0) return null;
  return (
    <Card size="small" title={text('discipline.detail.evidence')}>
      <Space wrap className="scan-list">
        {incident.evidence.map(({ sha256, name }) => (
          <Button key={sha256} size="small" onClick={() => setShown(sha256)}>
            {text('discipline.detail.showEvidence', { name })}
          </Button>
        ))}
      </Space>
      {shown !== null && (
        <Modal
          open
          width="80%"
          footer={null}
          title={text('discipline.detail.evidence')}
          onCancel={() => setShown(null)}
        >
          <Picture incident={incident.id} sha256={shown} />
        </Modal>
      )}
    </Card>
  );
}

function Picture({ incident, sha256 }: { readonly incident: string; readonly sha256: string }) {
  const answer = useCall('discipline.getEvidence', { incident, sha256 });
  return (
    <Loaded answer={answer}>
      {({ kind, base64 }) =>
        kind === 'pdf' ? (
          <p>{text('discipline.detail.pdf')}</p>
        ) : (
          <img className="scan" alt={text('discipline.detail.evidence')} src={`data:${types[kind]};base64,${base64}`} />
        )
      }
    </Loaded>
  );
}
