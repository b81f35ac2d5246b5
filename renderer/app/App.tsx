import { App as AntApp, Button, ConfigProvider, Result, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ComponentType, useEffect, useState } from 'react';
import { api } from './api.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { type Registry, RegistryContext } from './registry.ts';
import { useSession } from './session.ts';
import { text } from './text.ts';
import { lijingTheme } from './theme.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

dayjs.locale('zh-cn');

type Parts = {
  /** What is shown while nobody is signed in: all that the first paint waits for. */
  readonly door: ComponentType;
  readonly load: () => Promise<Registry>;
};

/** The page: the door while nobody is signed in, the frame with its screens afterwards. */
export function App(parts: Parts) {
  return (
    <ConfigProvider locale={zhCN} theme={lijingTheme} button={{ autoInsertSpace: false }}>
      <AntApp className="app" message={{ top: 52 }}>
        <ErrorBoundary>
          <Inside {...parts} />
        </ErrorBoundary>
      </AntApp>
    </ConfigProvider>
  );
}

function Inside({ door: Door, load }: Parts) {
  const { status, problem, refresh } = useSession();
  const registry = useLoaded(load, status !== null);
  useEffect(() => api.on('work.locked', () => void refresh()), [refresh]);
  if (!status) return problem ? <ProblemNote problem={problem} onRetry={() => void refresh()} /> : <Opening />;
  if (registry === 'failed') return <NotLoaded />;
  const { session, site } = status;
  const Frame = registry?.frame ?? Waiting;
  return (
    <RegistryContext value={registry}>{session && site ? <Frame key={session.accountId} /> : <Door />}</RegistryContext>
  );
}

/** What the page itself shows until its scripts have come, to the letter. */
const Opening = () => (
  <main className="door">
    <div className="door-card">
      <h1>{text('app.name')}</h1>
      <div>{text('app.subtitle')}</div>
      <p role="status">{text('app.opening')}</p>
    </div>
  </main>
);

const Waiting = () => <Spin fullscreen />;

/** Told at the door, before a password is typed in vain. A script that failed to come stays so until the page is anew. */
const NotLoaded = () => (
  <Result
    status="error"
    title={text('app.notLoaded.title')}
    subTitle={text('app.notLoaded.text')}
    extra={
      <Button type="primary" onClick={() => location.reload()}>
        {text('app.notLoaded.again')}
      </Button>
    }
  />
);

/**
 * The slices' screens, fetched once the first picture stands: while the person types his password, not before he sees
 * where to.
 */
function useLoaded(load: () => Promise<Registry>, isDue: boolean): Registry | 'failed' | null {
  const [loaded, setLoaded] = useState<Registry | 'failed' | null>(null);
  useEffect(() => {
    if (isDue) load().then(setLoaded, () => setLoaded('failed'));
  }, [load, isDue]);
  return loaded;
}
