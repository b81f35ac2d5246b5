import { Empty } from 'antd';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { See } from './See.tsx';
import { SignOffCard } from './SignOffCard.tsx';

/** What the chief has not seen yet, oldest first; the next one takes the focus when one is signed. */
export function UnseenSignOffs() {
  const answer = useCall('mentorship.listUnseen', {});
  return (
    <Screen title={text('mentorship.unseen.title')} hint={text('mentorship.unseen.hint')} back>
      <Loaded answer={answer}>
        {(list) => (
          <div className="stack">
            {list.length === 0 && (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text('mentorship.unseen.empty')} />
            )}
            {list.map(({ mentor, apprentice, ...signOff }, place) => (
              <SignOffCard
                key={signOff.id}
                signOff={signOff}
                heading={text('mentorship.pair.of', { mentor: mentor.name, apprentice: apprentice.name })}
              >
                <See key={place === 0 ? 'first' : 'later'} signOff={signOff} focused={place === 0} />
              </SignOffCard>
            ))}
          </div>
        )}
      </Loaded>
    </Screen>
  );
}
