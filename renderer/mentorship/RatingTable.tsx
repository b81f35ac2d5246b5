import { Input, Radio } from 'antd';
import { needsReason } from '../../shared/mentorship-rules.ts';
import { type MentoredAbility, mentoredAbilities } from '../../shared/mentorship-tables.ts';
import { text } from '../app/text.ts';
import type { Draft } from './sign-off-draft.ts';
import { grades } from './words.tsx';

type Ratings = Draft['ratings'];
type Given = NonNullable<Ratings[MentoredAbility]>;

/** Every ability against every grade, each with its guideline in sight while it is chosen. */
export const RatingTable = ({
  value,
  onChange,
}: {
  readonly value: Ratings;
  readonly onChange: (value: Ratings) => void;
}) => (
  <section aria-label={text('mentorship.signOff.ratings')} className="rating-table">
    {mentoredAbilities.entries.map(({ key, label }) => (
      <Ability
        key={key}
        ability={key}
        label={label}
        given={value[key]}
        onGive={(given) => onChange({ ...value, [key]: given })}
      />
    ))}
  </section>
);

function Ability({
  ability,
  label,
  given,
  onGive,
}: {
  readonly ability: MentoredAbility;
  readonly label: string;
  readonly given: Given | undefined;
  readonly onGive: (given: Given) => void;
}) {
  const reasonLabel = text('mentorship.signOff.reason', { ability: label });
  return (
    <div className="ability">
      <strong>{label}</strong>
      <Radio.Group
        aria-label={label}
        value={given?.rating ?? null}
        onChange={({ target }) => {
          const rating = Number(target.value);
          onGive({ rating, reason: needsReason(rating) ? (given?.reason ?? null) : null });
        }}
      >
        {grades.map((grade) => (
          <Radio key={grade} value={grade} className={given?.rating === grade ? 'grade chosen' : 'grade'}>
            <strong>
              {grade}　{text(`mentorship.scale.${grade}`)}
            </strong>
            <span>{text(`mentorship.guide.${ability}.${grade}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      {given && needsReason(given.rating) && (
        <Input
          maxLength={500}
          aria-label={reasonLabel}
          placeholder={reasonLabel}
          status={given.reason?.trim() ? '' : 'error'}
          value={given.reason ?? ''}
          onChange={({ target }) => onGive({ ...given, reason: target.value })}
        />
      )}
    </div>
  );
}
