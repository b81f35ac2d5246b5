import type { MentorshipBoard } from '../../shared/mentorship.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';

/** How far new officers have mentors, and which mentors have fewer or more apprentices than they should. */
export function Board() {
  const { value } = useCall('mentorship.board', {});
  if (!value || (value.newOfficers === 0 && value.mentors.length === 0)) return null;
  return (
    <section className="board" aria-label={text('mentorship.board.title')}>
      <dl className="figures">
        {figuresOf(value).map(([label, figure]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <ul className="board-lines">
        {linesOf(value).map(({ look, words }) => (
          <li key={words}>
            <StateTag look={look}>{words}</StateTag>
          </li>
        ))}
      </ul>
    </section>
  );
}

const figuresOf = ({ newOfficers, covered }: MentorshipBoard): readonly (readonly [string, string])[] => [
  [text('mentorship.board.newOfficers'), String(newOfficers)],
  [text('mentorship.board.covered'), String(covered)],
  [
    text('mentorship.board.coverage'),
    newOfficers === 0 ? text('mentorship.board.none') : `${String(Math.round((100 * covered) / newOfficers))}%`,
  ],
];

type Line = { readonly look: StateLook; readonly words: string };
type Named = readonly { readonly name: string }[];

function linesOf({ newOfficers, uncovered, mentors }: MentorshipBoard): readonly Line[] {
  const few = mentors.filter(({ fits }) => fits === 'few');
  const many = mentors.filter(({ fits }) => fits === 'many');
  const coverage: readonly Line[] =
    newOfficers === 0
      ? []
      : uncovered.length === 0
        ? [{ look: 'good', words: text('mentorship.board.allCovered') }]
        : [{ look: 'bad', words: text('mentorship.board.uncovered', { names: namesOf(uncovered) }) }];
  const load: readonly Line[] = [
    ...(few.length > 0
      ? [{ look: 'warning' as const, words: text('mentorship.board.few', { names: namesOf(few) }) }]
      : []),
    ...(many.length > 0
      ? [{ look: 'warning' as const, words: text('mentorship.board.many', { names: namesOf(many) }) }]
      : []),
  ];
  const fits: Line = { look: 'good', words: text('mentorship.board.fits') };
  return [...coverage, ...(load.length > 0 || mentors.length === 0 ? load : [fits])];
}

/** Names told one by one before the rest is only counted. */
const MOST_NAMES = 12;

function namesOf(people: Named): string {
  const names = people.slice(0, MOST_NAMES).map(({ name }) => name);
  const told = names.join('、');
  return people.length > MOST_NAMES ? text('mentorship.board.andMore', { names: told, count: people.length }) : told;
}
