import type { PersonVersion } from '../../shared/roster.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { changeText } from './words.ts';

/** How a person came to be recorded so, newest first. */
export function HistoryPart({ personId }: { readonly personId: string }) {
  const answer = useCall('roster.historyOf', { id: personId });
  return (
    <div className="tab-room scrolls">
      <Loaded answer={answer}>
        {(versions) => (
          <ol className="timeline" aria-label={text('roster.file.history')}>
            {versions.map((version) => (
              <Version key={`${version.at} ${String(version.version)}`} version={version} />
            ))}
          </ol>
        )}
      </Loaded>
    </div>
  );
}

const Version = ({ version }: { readonly version: PersonVersion }) => {
  const { at, change, byName, fromBureau, effectiveOn, movedTo, reason, changes } = version;
  const by = [fromBureau ? text('roster.history.bureau') : null, byName].filter((part) => part !== null).join('　');
  return (
    <li>
      <strong>{text(`roster.change.${change}`)}</strong>
      <span className="timeline-when">{instantText(at)}</span>
      <span className="timeline-when">{by}</span>
      {effectiveOn !== null && <p>{text('roster.history.effectiveOn', { day: effectiveOn })}</p>}
      {movedTo !== null && <p>{text('roster.history.movedTo', { to: movedTo })}</p>}
      {reason !== null && <p>{text('roster.history.reason', { reason })}</p>}
      {changes.length > 0 && (
        <ul>
          {changes.map((each) => (
            <li key={each.field}>{changeText(each)}</li>
          ))}
        </ul>
      )}
    </li>
  );
};
