import type { KeyObject } from 'node:crypto';
import { type Entry, placeOf } from './entries.ts';
import type { KeyChange } from './manifest.ts';
import type { Package } from './package.ts';
import { must } from './refusal.ts';
import { ed25519Key, isKeyChange, isVouchedFor } from './succession.ts';

type Signed = Pick<Package, 'manifest' | 'signer'>;

/** Section 8: which keys were given up where, and what they sign beyond. */
export function superseding() {
  const given: { readonly stream: string; readonly seq: number; readonly former: KeyObject }[] = [];
  const reports: Signed[] = [];
  const returns: Signed[] = [];

  return {
    /** An entry `site.keys-changed` where a site says so of itself. */
    changed(entry: Entry): void {
      const { stream, seq, kind, body } = entry;
      const [site = ''] = stream.split('/');
      if (kind !== 'site.keys-changed' || !isKeyChange(body)) return;
      must(isVouchedFor(site, body), 'entry.signature-invalid', placeOf(entry));
      if (stream === site) given.push({ stream, seq, former: ed25519Key(body.former) });
    },

    signed({ manifest, signer }: Signed): void {
      if (manifest.kind === 'report') reports.push({ manifest, signer });
      if (manifest.kind === 'return') returns.push({ manifest, signer });
    },

    /** Refuses a report by a former key that reaches its change, and a return by one that comes after those of its successor. */
    check(): void {
      for (const { manifest, signer } of reports) {
        const [range] = manifest.streams;
        const isBeyond = given.some(
          ({ stream, seq, former }) => stream === range?.stream && seq <= range.last && former.equals(signer),
        );
        must(!isBeyond, 'bundle.key-superseded', `${manifest.from} ${String(manifest.number)}`);
      }
      for (const { manifest, signer } of returns) {
        const { from, to, number } = manifest;
        const isBeyond = returns.some(
          (other) =>
            other.manifest.from === from &&
            other.manifest.to === to &&
            other.manifest.number < number &&
            leadsTo(other.manifest.succession ?? [], signer, other.signer),
        );
        must(!isBeyond, 'bundle.key-superseded', `${from} ${String(number)}`);
      }
    },
  };
}

/** Whether the changes, oldest first, lead from one key on to another. */
function leadsTo(changes: readonly KeyChange[], from: KeyObject, to: KeyObject): boolean {
  const keys = [from];
  for (const { former, signPublicKey } of changes)
    if (keys.some((key) => key.equals(ed25519Key(former)))) keys.push(ed25519Key(signPublicKey));
  return !from.equals(to) && keys.some((key) => key.equals(to));
}
