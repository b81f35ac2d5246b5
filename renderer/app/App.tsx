import { App as AntApp, ConfigProvider, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect } from 'react';
import { api } from './api.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { type Registry, RegistryContext, useRegistry } from './registry.ts';
import { useSession } from './session.ts';
import { lijingTheme } from './theme.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

dayjs.locale('zh-cn');

/** The page: the door while nobody is signed in, the frame with its screens afterwards. */
export function App({ registry }: { readonly registry: Registry }) {
  return (
    <ConfigProvider locale={zhCN} theme={lijingTheme} button={{ autoInsertSpace: false }}>
      <AntApp className="app" message={{ top: 52 }}>
        <ErrorBoundary>
          <RegistryContext value={registry}>
            <Inside />
          </RegistryContext>
        </ErrorBoundary>
      </AntApp>
    </ConfigProvider>
  );
}

function Inside() {
  const { status, problem, refresh } = useSession();
  const { door: Door } = useRegistry();
  useEffect(() => {
    void refresh();
    return api.on('work.locked', () => void refresh());
  }, [refresh]);
  if (!status) return problem ? <ProblemNote problem={problem} onRetry={() => void refresh()} /> : <Spin fullscreen />;
  return status.session && status.site ? <Frame key={status.session.accountId} /> : <Door />;
}
