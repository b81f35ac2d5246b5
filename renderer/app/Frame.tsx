import { LockOutlined, QuestionCircleOutlined, UserOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { App, Button, Menu } from 'antd';
import { useEffect, useState } from 'react';
import { mayCall } from '../../shared/call.ts';
import { calls } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import { api } from './api.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useGo, useNavigation } from './navigation.ts';
import { menuGroups, type ScreenSpec, useRegistry } from './registry.ts';
import { roleText } from './roles.ts';
import { useMe, useSession, useSite } from './session.ts';
import { problemText, text } from './text.ts';
import { heardBy } from './unheard.ts';
import { instantText } from '../ui/format.ts';

/** The registry is fixed for the page's life: the same hooks, in the same order, every time. */
function useBackground(): void {
  // eslint-disable-next-line react-hooks/rules-of-hooks -- a loop that is always the same
  for (const useWork of useRegistry().background) useWork();
}

/** The screens the signed-in person may open. */
function useScreens(): readonly ScreenSpec[] {
  const { screens } = useRegistry();
  const me = useMe();
  const { kind } = useSite();
  return screens.filter(
    ({ needs, at, forWhom }) =>
      (at === undefined || at === kind) &&
      (needs === undefined || mayCall(calls[needs], me.roles, kind)) &&
      (forWhom === undefined || forWhom(me)),
  );
}

/** Head, navigation and the screen that is open. */
export function Frame() {
  const screens = useScreens();
  const place = useNavigation((navigation) => navigation.place);
  const open = screens.find(({ id }) => id === place.screen) ?? screens.find(({ id }) => id === 'home');
  useTouch();
  useFailuresTold();
  useUnheardTold();
  useBackground();
  if (!open) return null;
  const View = open.view;
  return (
    <div className="frame">
      <Head />
      <Navigation screens={screens} open={open} />
      <ErrorBoundary key={place.screen + JSON.stringify(place.params)}>
        <View />
      </ErrorBoundary>
    </div>
  );
}

/** Whoever comes is told what was tried in his name since he was here last; nothing said to him stays for another. */
function useFailuresTold(): void {
  const { message } = App.useApp();
  const { failuresSince } = useMe();
  useEffect(() => {
    if (failuresSince > 0) void message.warning(text('app.home.failures', { count: failuresSince }), 10);
    return () => message.destroy();
  }, [message, failuresSince]);
}

/** What ended while its person was locked out: done, or why not; it stays until he closes it, and for nobody else. */
function useUnheardTold(): void {
  const { notification } = App.useApp();
  const { screens } = useRegistry();
  const { accountId } = useMe();
  useEffect(() => {
    for (const { screen, problem } of heardBy(accountId)) {
      const title = screens.find(({ id }) => id === screen)?.title;
      const where = { screen: title ? text(title) : '' };
      notification[problem ? 'warning' : 'success']({
        title: text(problem ? 'app.unheard.broken' : 'app.unheard.done', where),
        description: unheardText(problem),
        duration: 0,
        placement: 'bottomRight',
      });
    }
    return () => notification.destroy();
  }, [notification, screens, accountId]);
}

/** Whose turn came only behind the lock was nobody's any more. */
function unheardText(problem: Problem | null): string {
  if (problem === null) return text('app.unheard.look');
  return problem.code === 'request.not-allowed' ? text('app.unheard.tooLate') : problemText(problem);
}

function Head() {
  const me = useMe();
  const site = useSite();
  const refresh = useSession((session) => session.refresh);
  const go = useGo();
  const lock = (): void => void api.call('site.lock', {}).then(refresh);
  const { switchUser: SwitchUser } = useRegistry();
  const [switching, setSwitching] = useState(false);
  return (
    <header className="head">
      <strong className="head-name">{text('app.name')}</strong>
      <span className="head-site">{site.printingName}</span>
      <span className="head-secret">{text('app.secret')}</span>
      <Button type="text" className="head-me" icon={<UserOutlined />} onClick={() => go('account')}>
        <span>
          {text('app.frame.signedIn', {
            name: me.name,
            roles: me.roles.map((role) => roleText(role, site.kind)).join('、'),
          })}
          <small>
            {me.lastSignInAt === null
              ? text('app.frame.firstSignIn')
              : text('app.frame.lastSignIn', { at: instantText(me.lastSignInAt) })}
          </small>
        </span>
      </Button>
      <Button type="text" icon={<UserSwitchOutlined />} onClick={() => setSwitching(true)}>
        {text('app.frame.switch')}
      </Button>
      <Button type="text" icon={<QuestionCircleOutlined />} onClick={() => go('help')}>
        {text('app.frame.help')}
      </Button>
      <Button type="text" icon={<LockOutlined />} onClick={lock}>
        {text('app.frame.lock')}
      </Button>
      {switching && <SwitchUser onClose={() => setSwitching(false)} />}
    </header>
  );
}

function Navigation({ screens, open }: { readonly screens: readonly ScreenSpec[]; readonly open: ScreenSpec }) {
  const go = useGo();
  const groups = menuGroups
    .map((group) => ({
      key: group,
      type: 'group' as const,
      label: text(`app.group.${group}`),
      children: screens
        .filter(({ menu }) => menu?.group === group)
        .map(({ id, title, menu }) => ({ key: id, icon: menu?.icon, label: text(title) })),
    }))
    .filter(({ children }) => children.length > 0);
  return (
    <nav className="nav" aria-label={text('app.frame.nav')}>
      <Menu mode="inline" items={groups} selectedKeys={[open.under ?? open.id]} onClick={({ key }) => go(key)} />
    </nav>
  );
}

/** Tells the core now and then that somebody is at the keyboard. */
function useTouch(): void {
  useEffect(() => {
    let toldMs = 0;
    const tell = (): void => {
      const nowMs = performance.now();
      if (nowMs - toldMs < TELL_EVERY_MS) return;
      toldMs = nowMs;
      void api.call('site.touch', {});
    };
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, tell, { passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, tell);
    };
  }, []);
}

const TELL_EVERY_MS = 20_000;
