import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import type { FactField, PersonView } from '../../shared/roster.ts';
import { text } from '../app/text.ts';
import { sections } from './sections.ts';
import { ResidentIdValue } from './ResidentIdValue.tsx';
import { StatusTag } from './StatusTag.tsx';
import { fieldLabel, valueText } from './words.ts';

function shown(person: PersonView, field: FactField): ReactNode {
  if (field === 'residentId') return <ResidentIdValue person={person} />;
  if (field === 'status') return <StatusTag status={person.status} />;
  return valueText(field, person[field]);
}

/** What is recorded of a person, all of it. */
export const FactsPart = ({ person }: { readonly person: PersonView }) => (
  <div className="tab-room scrolls person-facts">
    {sections.map(({ id, fields }) => (
      <Descriptions
        key={id}
        size="small"
        title={text(`roster.section.${id}`)}
        column={{ xs: 1, md: 2, lg: 3, xl: 4 }}
        items={fields.map((field) => ({ key: field, label: fieldLabel(field), children: shown(person, field) }))}
      />
    ))}
  </div>
);
