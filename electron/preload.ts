import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Api } from '../shared/contract.ts';

const listeners = new Map<string, Set<(payload: never) => void>>();

ipcRenderer.on('event', (_event, name: string, payload: unknown) => {
  // The event's name fixes its payload's type, by the contract; a message cannot carry that.
  for (const listener of listeners.get(name) ?? []) listener(payload as never);
});

/** All the page ever sees of the application. */
const api: Api = {
  // What crosses is checked against the contract on the other side, on the way in and on the way out.
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  // The page can name no path: a file it made up itself has none. Code without a page has no name for the type `File`.
  drop: (...files) =>
    ipcRenderer.invoke(
      'drop',
      files.map((file) => webUtils.getPathForFile(file as never)),
    ),
  on: (name, listener) => {
    const those = listeners.get(name) ?? new Set();
    listeners.set(name, those.add(listener));
    return () => void those.delete(listener);
  },
};

contextBridge.exposeInMainWorld('api', api);
