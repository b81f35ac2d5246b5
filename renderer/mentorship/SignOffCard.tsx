import { Card } from 'antd';
import type { ReactNode } from 'react';
import type { SignOff } from '../../shared/mentorship.ts';
import { needsReason } from '../../shared/mentorship-rules.ts';
import { mentoredAbilities, stages } from '../../shared/mentorship-tables.ts';
import { text } from '../app/text.ts';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { gradeText, mentoringText, periodText } from './words.tsx';

/** A sign-off as all three read it: what was done, how it was rated, who signed when. */
export const SignOffCard = ({
  signOff,
  heading,
  actions,
  children,
}: {
  readonly signOff: SignOff;
  /** Whose it is, where the screen does not say so. */
  readonly heading?: string;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) => (
  <Card
    size="small"
    title={[heading, periodText(signOff), stages.labelOf(signOff.stage)].filter(Boolean).join('　')}
    extra={
      <span className="card-acts">
        <SignOffState signOff={signOff} />
        {actions}
      </span>
    }
  >
    <dl className="sign-off">
      <Line label={text('mentorship.signOff.tasks')}>{signOff.tasks.join('、')}</Line>
      <Line label={text('mentorship.signOff.ratings')}>
        <RatingList signOff={signOff} />
      </Line>
      <Line label={text('mentorship.signOff.comment')}>{signOff.comment}</Line>
      {signOff.acknowledgement && (
        <>
          <Line label={text('mentorship.card.apprenticeComment')}>{signOff.acknowledgement.comment}</Line>
          <Line label={text('mentorship.card.mentoring')}>{mentoringText(signOff.acknowledgement.mentoring)}</Line>
        </>
      )}
      {signOff.seenNote !== null && <Line label={text('mentorship.card.seenNote')}>{signOff.seenNote}</Line>}
      <Line label={text('mentorship.card.signatures')}>{signaturesOf(signOff)}</Line>
    </dl>
    {children}
  </Card>
);

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

/** Whom it waits for. */
function SignOffState({ signOff: { acknowledgement, seenAt } }: { readonly signOff: SignOff }) {
  if (acknowledgement === null) return <StateTag look="waiting">{text('mentorship.card.waitsApprentice')}</StateTag>;
  return seenAt === null ? (
    <StateTag look="waiting">{text('mentorship.card.waitsChief')}</StateTag>
  ) : (
    <StateTag look="good">{text('mentorship.card.see')}</StateTag>
  );
}

/** The grades in a row, the ends of the scale set off with the words they rest on. */
const RatingList = ({ signOff }: { readonly signOff: SignOff }) => (
  <ul className="ratings">
    {signOff.ratings.map(({ ability, rating, reason }) => (
      <li key={ability} className={needsReason(rating) ? 'rated-end' : ''}>
        {mentoredAbilities.labelOf(ability)} <strong>{gradeText(rating)}</strong>
        {reason && <span className="whole">{text('mentorship.card.because', { reason })}</span>}
      </li>
    ))}
  </ul>
);

const signaturesOf = ({ signedAt, acknowledgement, seenAt }: SignOff): string =>
  [
    text('mentorship.card.mentorSigned', { at: instantText(signedAt) }),
    acknowledgement && text('mentorship.card.apprenticeSigned', { at: instantText(acknowledgement.at) }),
    seenAt && text('mentorship.card.seen', { at: instantText(seenAt) }),
  ]
    .filter(Boolean)
    .join('　');
