import { Descriptions } from 'antd';
import type { DiagnosisReport } from '../../shared/diagnosis.ts';
import { entryText } from '../app/entry-text.ts';
import { text } from '../app/text.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { isSound, linesOf } from './words.ts';

type Count = DiagnosisReport['entries'][number];

const columns: readonly Column<Count>[] = [
  { id: 'kind', title: text('diagnosis.entryKind'), width: 320, value: ({ kind }) => entryText(kind) },
  { id: 'count', title: text('diagnosis.entryCount'), width: 120, align: 'right', value: ({ count }) => count },
];

/** A report on an installation: what it is, how it stands, and the log of faults word for word. */
export function Report({ report }: { readonly report: DiagnosisReport }) {
  const sound = isSound(report);
  return (
    <>
      <p>
        <StateTag look={sound ? 'good' : 'bad'}>{text(sound ? 'diagnosis.sound' : 'diagnosis.unsound')}</StateTag>{' '}
        {text('diagnosis.reportOf', { site: report.site, at: instantText(report.at) })}
      </p>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2, lg: 2, xl: 2, xxl: 3 }}
        items={linesOf(report).map(([label, children]) => ({ key: label, label, children }))}
      />
      <DataTable
        name="diagnosis"
        title={text('diagnosis.part.entries')}
        rows={report.entries}
        rowKey={({ kind }) => kind}
        columns={columns}
      />
      {report.log.length > 0 && (
        <pre className="entry-body" tabIndex={0} aria-label={text('diagnosis.part.log')}>
          {report.log.join('\n')}
        </pre>
      )}
    </>
  );
}
