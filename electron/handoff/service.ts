import { join } from 'node:path';
import type { HandlersOf, SecondPerson, Services } from '../ipc/handlers.ts';
import { bureauHandoff } from './bureau.ts';
import { bureauInbox } from './inbox.ts';
import { slipReading } from './slip.ts';
import { stationHandoff } from './station.ts';
import { refounding } from './refound.ts';
import type { HandoffStore } from './store.ts';

type Place = {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly codeLogN?: number;
  readonly second: SecondPerson;
  readonly announceSigners: () => void;
};

/** Both halves of the hand-off; the contract says which of them this site may ask for. */
export function handoffService(
  store: HandoffStore,
  services: Services,
  { dataDir, appVersion, codeLogN, second, announceSigners }: Place,
): HandlersOf<'handoff'> {
  const staging = join(dataDir, 'staging');
  return {
    ...stationHandoff(store, services, { outbox: join(dataDir, 'outbox'), staging, appVersion }),
    ...slipReading(services),
    ...bureauInbox(store, services, { staging, second }),
    'handoff.refound': refounding(store, services),
    ...bureauHandoff(store, services, { appVersion, second, announceSigners, ...(codeLogN ? { codeLogN } : {}) }),
  };
}
