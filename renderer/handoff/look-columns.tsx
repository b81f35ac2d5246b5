import type { PackageLook } from '../../shared/handoff.ts';
import { problemText, type TextKey, text } from '../app/text.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText, shortCheck, sizeText } from '../ui/format.ts';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';
import { computerCell, computerText } from './computer.tsx';
import { rangesText } from './words.ts';

const looks = {
  new: 'waiting',
  known: 'off',
  early: 'warning',
  fork: 'bad',
  refused: 'bad',
} as const satisfies Record<PackageLook['standing'], StateLook>;

/** Refusals that have a word of their own; the note beside it says what to do. What is another's is no fault. */
const refusals: Readonly<Record<string, { readonly word: TextKey; readonly look: StateLook }>> = {
  'bundle.damaged': { word: 'handoff.intake.refusalOf.damaged', look: 'bad' },
  'bundle.not-for-us': { word: 'handoff.intake.refusalOf.foreign', look: 'off' },
  'bundle.wrong-kind': { word: 'handoff.intake.refusalOf.kind', look: 'off' },
  'handoff.keys-lost': { word: 'handoff.intake.refusalOf.sealed', look: 'bad' },
  'handoff.sender-revoked': { word: 'handoff.intake.refusalOf.revoked', look: 'bad' },
  'bundle.unknown-sender': { word: 'handoff.intake.refusalOf.unknown', look: 'bad' },
  'bundle.too-new': { word: 'handoff.intake.refusalOf.newer', look: 'bad' },
};

const standingText = ({ standing, problem }: PackageLook): string =>
  text(refusals[problem?.code ?? '']?.word ?? `handoff.intake.standingOf.${standing}`);
const standingLook = ({ standing, problem }: PackageLook): StateLook =>
  refusals[problem?.code ?? '']?.look ?? looks[standing];

function noteOf({ standing, problem, manifest }: PackageLook): string | null {
  if (problem) return problemText(problem);
  if (standing === 'fork') return text('handoff.intake.noteOf.fork');
  if (standing === 'known') return text('handoff.intake.noteOf.known');
  return manifest?.missing ? text('handoff.intake.early', { ranges: rangesText([manifest.missing]) }) : null;
}

type Told = NonNullable<PackageLook['manifest']>;
const told =
  <T,>(read: (manifest: Told) => T) =>
  ({ manifest }: PackageLook): T | null =>
    manifest && read(manifest);

/** What the inbox knows of a file before it is imported. */
export const lookColumns: readonly Column<PackageLook>[] = [
  {
    id: 'station',
    title: text('handoff.intake.station'),
    width: 150,
    value: told(({ site, station }) => computerText({ site, name: station })),
    show: told(({ site, station }) => computerCell({ site, name: station })),
  },
  {
    id: 'number',
    title: text('handoff.intake.number'),
    width: 62,
    align: 'right',
    value: told(({ number }) => number),
  },
  {
    id: 'state',
    title: text('handoff.intake.standing'),
    width: 100,
    filter: true,
    value: standingText,
    show: (look) => <StateTag look={standingLook(look)}>{standingText(look)}</StateTag>,
  },
  {
    id: 'note',
    title: text('handoff.intake.note'),
    width: 250,
    value: noteOf,
    show: (look) => <span className="whole">{noteOf(look)}</span>,
  },
  {
    id: 'range',
    title: text('handoff.intake.range'),
    width: 135,
    value: told(({ range }) => (range ? rangesText([range]) : null)),
    sortBy: told(({ range }) => range?.[0] ?? null),
  },
  { id: 'fresh', title: text('handoff.intake.fresh'), width: 62, align: 'right', value: told(({ fresh }) => fresh) },
  {
    id: 'attachments',
    title: text('handoff.intake.attachments'),
    width: 62,
    align: 'right',
    value: told(({ attachments }) => attachments),
  },
  {
    id: 'size',
    title: text('handoff.intake.size'),
    width: 84,
    align: 'right',
    value: ({ sizeBytes }) => sizeText(sizeBytes),
    sortBy: ({ sizeBytes }) => sizeBytes,
  },
  { id: 'at', title: text('handoff.intake.writtenAt'), width: 136, value: told(({ at }) => instantText(at)) },
  { id: 'medium', title: text('handoff.intake.medium'), width: 84, value: told(({ medium }) => medium) },
  {
    id: 'check',
    title: text('handoff.intake.check'),
    width: 170,
    value: told(({ head }) => head && shortCheck(head)),
  },
  { id: 'file', title: text('handoff.intake.file'), width: 250, value: ({ name }) => name },
];
