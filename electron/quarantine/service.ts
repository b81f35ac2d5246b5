import { fail } from '../../shared/problem.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { bureauDesk } from './bureau.ts';
import { stationDesk } from './station.ts';
import { quarantineStore } from './store.ts';

/** Both desks; the contract says which of them this site may ask. */
export function quarantineService(services: Services): HandlersOf<'quarantine'> {
  const store = quarantineStore(services.db);
  const { site } = services;
  const bureau = bureauDesk(store, services);
  const station = stationDesk(store, services);
  return {
    ...bureau.calls,
    ...station.calls,

    'quarantine.openEntry': ({ stream, seq }, { actor }) => {
      if (site.kind === 'bureau') return bureau.open(actor, { stream, seq });
      return stream === site.code ? station.open(actor, seq) : fail('quarantine.entry-unknown');
    },
  };
}
