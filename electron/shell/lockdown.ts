import type { CommandLine, Session, WebContents } from 'electron';
import { isOwnDocument, isOwnUrl } from './origin.ts';

/** A call from page to page leaves through a proxy or not at all, and there is no proxy. */
const NO_DIRECT_CALLS = 'disable_non_proxied_udp';

/** No name is ever resolved and no proxy ever looked for, whatever a library or Chromium itself may try. */
export function closeNetwork(commandLine: CommandLine): void {
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('no-proxy-server');
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('webrtc-ip-handling-policy', NO_DIRECT_CALLS);
}

/** Switches of Chromium's by which somebody at the keyboard could look into the page, or take its walls away. */
const OPENING_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'disable-web-security',
  'load-extension',
  'single-process',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'js-flags',
  'log-net-log',
];

/** Whether the application was started so that others could look in; no fuse turns these switches off. */
export const isPriedOpen = (commandLine: CommandLine): boolean =>
  OPENING_SWITCHES.some((name) => commandLine.hasSwitch(name));

/** Refuses every request outside the application, every permission, every device and every download. */
export function closeSession(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOwnUrl(url) });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** Keeps a page where it is: it may load itself anew, but go nowhere else, open nothing and embed nothing. */
export function closeContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy(NO_DIRECT_CALLS);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnDocument(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
