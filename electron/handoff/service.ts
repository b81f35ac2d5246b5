import { join } from 'node:path';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { bureauHandoff } from './bureau.ts';
import { stationHandoff } from './station.ts';
import type { HandoffStore } from './store.ts';

/** Both halves of the hand-off; the contract says which of them this site may ask for. */
export function handoffService(
  store: HandoffStore,
  services: Services,
  {
    dataDir,
    appVersion,
    codeLogN,
  }: { readonly dataDir: string; readonly appVersion: string; readonly codeLogN?: number },
): HandlersOf<'handoff'> {
  const staging = join(dataDir, 'staging');
  return {
    ...stationHandoff(store, services, { outbox: join(dataDir, 'outbox'), staging, appVersion }),
    ...bureauHandoff(store, services, { staging, appVersion, ...(codeLogN ? { codeLogN } : {}) }),
  };
}
