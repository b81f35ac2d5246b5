import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { ok, ProblemError } from '../../shared/problem.ts';
import { pairingMac } from '../bundle/pairing.ts';
import { secretsOf } from '../db/secrets.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { exporting } from './export.ts';
import { packageName } from './file-names.ts';
import { importingReturn } from './import-return.ts';
import { packing } from './packing.ts';
import type { HandoffStore } from './store.ts';

type StationCalls = 'handoff.state' | 'handoff.export' | 'handoff.importReturn';

/** The station's half of the hand-off: bundles go out, receipts and the bureau's entries come back. */
export function stationHandoff(
  store: HandoffStore,
  services: Services,
  place: { readonly outbox: string; readonly staging: string; readonly appVersion: string },
): Pick<HandlersOf<'handoff'>, StationCalls> {
  const { db, journal, site, attachments } = services;
  const own = site.code;
  const pack = packing(db, attachments);
  const bureauSite = db.prepare<[string], { code: string; name: string; escrow: string | null }>(
    'SELECT b.code, b.name, b.escrow FROM site s JOIN site b ON b.code = s.bureau WHERE s.code = ?',
  );
  const bureauNow = () => {
    const bureau = bureauSite.get(own);
    const keys = bureau && store.pinned(own, bureau.code);
    return keys ? { ...bureau, ...keys } : null;
  };
  const copyOf = (number: number): string => join(place.outbox, packageName({ kind: 'report', station: own, number }));

  return {
    'handoff.state': () => {
      const receipt = store.receipt(own);
      const proven = store.provenThrough(own);
      const unfinished = store.unfinished(own);
      const waitingByKind = store.waitingByKind(own, proven);
      return ok({
        paired: bureauNow() !== null,
        lastSeq: journal.head(own).seq,
        provenThrough: proven,
        waiting: Object.values(waitingByKind).reduce((sum, n) => sum + n, 0),
        waitingByKind,
        receiptAt: receipt?.at ?? null,
        lost: store.lost(own),
        wanted: store.wanted(own) !== null,
        missing: receipt?.missing ?? [],
        quarantined: receipt?.quarantined ?? [],
        attachmentsAsked: store.attachmentsAsked(own).length,
        unfinished: unfinished && {
          number: unfinished.number,
          through: unfinished.last,
          entries: store.waiting(own, unfinished.last),
        },
        bundles: store.bundles(own).map((bundle) => ({
          ...bundle,
          proven: bundle.last <= proven,
          copyKept: existsSync(copyOf(bundle.number)),
        })),
      });
    },

    'handoff.export': exporting(store, services, {
      ...place,
      copyOf,
      bureau: bureauNow,
      credentials: (bureau) => ({ ...pairingOf(services, bureau), ...pack.succession(own) }),
    }),

    'handoff.importReturn': importingReturn(store, services, { ...place, copyOf, bureau: bureauNow }),
  };
}

/** The station's keys with the proof that it was founded with the bureau's kit; in every bundle, as any may be the first to arrive. */
function pairingOf({ db, site }: Services, bureau: string) {
  const secret = secretsOf(db).get('pairing-secret');
  const self = db
    .prepare<[string], { signPublicKey: string; recipient: string }>(
      'SELECT sign_public_key AS signPublicKey, recipient FROM site WHERE code = ?',
    )
    .get(site.code);
  if (!secret || !self) throw new ProblemError('handoff.not-paired');
  return { pairing: { ...self, mac: pairingMac(secret, { from: site.code, to: bureau, ...self }) } };
}
