import { entryText } from '../app/entry-text.ts';
import { useParams } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import type { HandoffSlip } from '../../shared/handoff-slip.ts';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { PrintSheet } from '../ui/PrintSheet.tsx';
import { rangesText } from './words.ts';

/** The hand-over slip of a package, as it goes with the stick on paper. */
export function Slip() {
  const { seq = '' } = useParams();
  const answer = useCall('handoff.slip', { seq: Number(seq) });
  return <Loaded answer={answer}>{(slip) => <Paper slip={slip} />}</Loaded>;
}

const packageText = ({ kind, number }: HandoffSlip): string =>
  number === null
    ? text(`handoff.slip.kindOf.${kind}`)
    : text('handoff.slip.numbered', { kind: text(`handoff.slip.kindOf.${kind}`), number });

function Paper({ slip }: { readonly slip: HandoffSlip }) {
  const { from, to, medium, attachments, through } = slip;
  const facts = [
    ['package', packageText(slip)],
    ['at', instantText(slip.at)],
    ['medium', medium || '—'],
    ['from', from],
    ['to', to],
    ['attachments', attachments === null ? '—' : text('handoff.export.pieces', { count: attachments })],
    ...(through === null ? [] : [['through', text('handoff.report.provenAt', { seq: through })] as const]),
    ['file', slip.fileName],
    ['sha256', slip.sha256 ?? '—'],
  ] as const;
  const name = text('handoff.slip.named', { package: packageText(slip) });
  return (
    <PrintSheet title={text('handoff.slip.title')} name={name}>
      <p>{from}</p>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label} className={wide.has(label) ? 'whole-row' : undefined}>
            <dt>{text(`handoff.slip.${label}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Ranges slip={slip} />
      <Counts slip={slip} />
      <p>{text('handoff.slip.lead')}</p>
      <p className="signatures">
        <span>{text('handoff.slip.gives')}</span>
        <span>{text('handoff.slip.day')}</span>
      </p>
      <p className="signatures">
        <span>{text('handoff.slip.takes')}</span>
        <span>{text('handoff.slip.day')}</span>
      </p>
    </PrintSheet>
  );
}

const wide: ReadonlySet<string> = new Set(['through', 'file', 'sha256']);

const Ranges = ({ slip: { ranges } }: { readonly slip: HandoffSlip }) => (
  <section>
    <h2>{text('handoff.slip.entries')}</h2>
    <Table
      heads={[text('handoff.slip.stream'), text('handoff.slip.range'), text('handoff.slip.head')]}
      rows={ranges.map(({ stream, first, last, head }) => [
        text(`handoff.slip.streamOf.${stream}`),
        rangesText([[first, last]]),
        head,
      ])}
    />
  </section>
);

const Counts = ({ slip: { counts } }: { readonly slip: HandoffSlip }) => {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <section>
      <h2>{text('handoff.slip.counts', { total })}</h2>
      <Table
        heads={[text('handoff.slip.kind'), text('handoff.slip.count')]}
        rows={Object.entries(counts).map(([kind, count]) => [entryText(kind), count])}
      />
    </section>
  );
};

const Table = ({
  heads,
  rows,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}) =>
  rows.length === 0 ? (
    <p>{text('handoff.slip.none')}</p>
  ) : (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = '', ...others]) => (
          <tr key={first}>
            <td>{first}</td>
            {others.map((cell) => (
              <td key={cell}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
