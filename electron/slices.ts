import { backupService } from './backup/service.ts';
import { backupProjection } from './backup/store.ts';
import type { Handlers, Services } from './ipc/handlers.ts';
import type { Projection } from './journal/projection.ts';
import { secondPersonAt } from './site/door.ts';
import { backupFolder, installationOf, siteFiles } from './installation.ts';
import type { Lifecycle } from './site/lifecycle.ts';
import type { ProofTools } from './site/proof.ts';
import { announceSigners } from './site/signers.ts';
import { siteService } from './site/service.ts';
import { diagnosisService } from './diagnosis/service.ts';
import { commentsService } from './comments/service.ts';
import { commentsProjection } from './comments/store.ts';
import { disciplineService } from './discipline/service.ts';
import { disciplineProjection } from './discipline/projection.ts';
import { duplicatesService } from './duplicates/service.ts';
import { duplicatesProjection } from './duplicates/store.ts';
import { handoffService } from './handoff/service.ts';
import { handoffProjection, handoffStore } from './handoff/store.ts';
import { mediaService } from './media/service.ts';
import { mediaProjection } from './media/store.ts';
import { quarantineService } from './quarantine/service.ts';
import { quarantineProjection } from './quarantine/store.ts';
import { rosterService } from './roster/service.ts';
import { rosterProjection } from './roster/store.ts';
import { siteProjection, type SiteStore, siteStore } from './site/store.ts';
import { mentorshipService } from './mentorship/service.ts';
import { mentorshipProjection } from './mentorship/store.ts';
import { trainingService } from './training/service.ts';
import { trainingProjection } from './training/store.ts';

/** Every slice's tables, in the order they are made. */
export const projections: readonly Projection[] = [
  siteProjection,
  handoffProjection,
  quarantineProjection,
  mediaProjection,
  rosterProjection,
  duplicatesProjection,
  trainingProjection,
  mentorshipProjection,
  disciplineProjection,
  commentsProjection,
  backupProjection,
];

/** The slices' services on one connection. */
export function wire(services: Services, core: Lifecycle, dataKey: Buffer, tools: ProofTools): Partial<Handlers> {
  const store: SiteStore = siteStore(services.db, services.site.code);
  return {
    ...siteService(store, services, core, dataKey, tools),
    ...handoffService(handoffStore(services.db, services.journal.toldAs), services, {
      ...core,
      second: secondPersonAt(core, store),
      announceSigners: () => announceSigners(services.db, services.journal),
    }),
    ...quarantineService(services),
    ...mediaService(services),
    ...rosterService(services),
    ...duplicatesService(services),
    ...trainingService(services),
    ...mentorshipService(services),
    ...disciplineService(services),
    ...commentsService(services),
    ...backupService(services, {
      files: siteFiles(core.dataDir),
      folder: backupFolder(core.dataDir),
      appVersion: core.appVersion,
      dataKey,
    }),
    ...diagnosisService(services, installationOf(services.db, projections, core)),
  };
}
