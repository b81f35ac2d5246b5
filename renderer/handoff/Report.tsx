import { Alert, Button } from 'antd';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { BundlesWritten } from './BundlesWritten.tsx';
import { ExportCard } from './ExportCard.tsx';
import { ReportState } from './ReportState.tsx';
import { ReturnCard } from './ReturnCard.tsx';

/** A station's hand-off: what waits, the bundle on the stick, and what the bureau is proven to hold. */
export function Report() {
  const answer = useCall('handoff.state', {});
  return (
    <Screen title={text('handoff.report.title')}>
      <Loaded answer={answer}>
        {(state) => (
          <div className="stack">
            {!state.paired && <NotPaired />}
            <ReportState state={state} />
            {state.paired && (
              <div className="cards wide">
                <ExportCard state={state} />
                <ReturnCard />
              </div>
            )}
            <BundlesWritten bundles={state.bundles} />
          </div>
        )}
      </Loaded>
    </Screen>
  );
}

function NotPaired() {
  const go = useGo();
  const mayPair = useMay('site.pair');
  return (
    <Alert
      type="info"
      showIcon
      title={text('handoff.report.notPaired')}
      action={mayPair && <Button onClick={() => go('settings')}>{text('handoff.report.toSettings')}</Button>}
    />
  );
}
