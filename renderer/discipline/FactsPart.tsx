import { Card, Descriptions } from 'antd';
import { bureauMeasures } from '../../shared/discipline-measures.ts';
import { incidentSources } from '../../shared/discipline-entries.ts';
import type { IncidentView } from '../../shared/discipline.ts';
import { text } from '../app/text.ts';
import { namesOf } from './words.tsx';

/** What is known of an incident, and what the verification found. */
export const FactsPart = ({ incident }: { readonly incident: IncidentView }) => (
  <Card size="small" title={text('discipline.detail.facts')}>
    <Descriptions
      size="small"
      column={{ xs: 2, md: 3, lg: 4 }}
      items={itemsOf(incident).map(([label, children]) => ({ key: label, label, children }))}
    />
    <Descriptions
      size="small"
      column={1}
      items={longOf(incident).map(([label, children]) => ({ key: label, label, children }))}
    />
  </Card>
);

type Item = readonly [string, string];
/** Only what is filled in is shown. */
const filled = (items: readonly (readonly [string, string | null])[]): readonly Item[] =>
  items.filter((item): item is Item => item[1] !== null && item[1] !== '');

const itemsOf = (incident: IncidentView): readonly Item[] =>
  filled([
    [text('discipline.incidents.people'), namesOf(incident.people)],
    [text('discipline.incidents.source'), incident.source && incidentSources.labelOf(incident.source)],
    [text('discipline.incidents.foundOn'), incident.foundOn],
    [text('discipline.form.actedOn'), incident.actedOn],
    [text('discipline.form.reporter'), incident.reporter],
    [text('discipline.incidents.station'), incident.stationName],
    [text('discipline.incidents.dueOn'), incident.dueOn],
    [text('discipline.detail.verifiers'), incident.verifiers.map(({ name }) => name).join('、')],
    [text('discipline.detail.proposal'), incident.proposal && bureauMeasures.labelOf(incident.proposal)],
  ]);

const longOf = (incident: IncidentView): readonly Item[] => {
  const established =
    incident.established === null
      ? ''
      : text(incident.established ? 'discipline.detail.established' : 'discipline.detail.notEstablished');
  const version =
    incident.factsVersion > 1 ? text('discipline.detail.factsVersion', { version: incident.factsVersion }) : '';
  return filled([
    [text('discipline.detail.factsText'), [incident.facts, version].filter(Boolean).join('　')],
    [text('discipline.detail.finding'), incident.finding && `${established}。${incident.finding}`],
    [text('discipline.detail.summary'), incident.summary],
    ...incident.cases.flatMap(({ number, openedOn, decideBy, grounds }): readonly Item[] => [
      [
        text('discipline.detail.caseNumber'),
        `${number}　${openedOn}　${text('discipline.detail.decideBy')} ${decideBy}`,
      ],
      [text('discipline.detail.grounds'), grounds],
    ]),
  ]);
};
