import { App as AntApp, ConfigProvider, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState } from 'react';
import { api } from './api.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { type Entrance, EntranceContext, type Registry, RegistryContext, useEntrance } from './registry.ts';
import { useSession } from './session.ts';
import { lijingTheme } from './theme.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

dayjs.locale('zh-cn');

/** The page: the door while nobody is signed in, the frame with its screens afterwards. */
export function App({ entrance, load }: { readonly entrance: Entrance; readonly load: () => Promise<Registry> }) {
  return (
    <ConfigProvider locale={zhCN} theme={lijingTheme} button={{ autoInsertSpace: false }}>
      <AntApp className="app" message={{ top: 52 }}>
        <ErrorBoundary>
          <EntranceContext value={entrance}>
            <Inside load={load} />
          </EntranceContext>
        </ErrorBoundary>
      </AntApp>
    </ConfigProvider>
  );
}

function Inside({ load }: { readonly load: () => Promise<Registry> }) {
  const { status, problem, refresh } = useSession();
  const { door: Door } = useEntrance();
  const registry = useLoaded(load, status !== null);
  useEffect(() => {
    void refresh();
    return api.on('work.locked', () => void refresh());
  }, [refresh]);
  if (!status) return problem ? <ProblemNote problem={problem} onRetry={() => void refresh()} /> : <Spin fullscreen />;
  const { session, site } = status;
  const Frame = registry?.frame ?? Waiting;
  return (
    <RegistryContext value={registry}>{session && site ? <Frame key={session.accountId} /> : <Door />}</RegistryContext>
  );
}

const Waiting = () => <Spin fullscreen />;

/**
 * The slices' screens, fetched once the first picture stands: while the person types his password, not before he sees
 * where to. A fault on the way is the page's own and shown as one.
 */
function useLoaded(load: () => Promise<Registry>, isDue: boolean): Registry | null {
  const [loaded, setLoaded] = useState<Registry | null>(null);
  useEffect(() => {
    if (!isDue) return;
    load().then(setLoaded, (fault: unknown) =>
      setLoaded(() => {
        throw fault;
      }),
    );
  }, [load, isDue]);
  return loaded;
}
