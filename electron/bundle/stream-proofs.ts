import type { Manifest, StreamRange } from '../../shared/manifest.ts';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';
import type { OpenPackage } from './read-package.ts';

/** The bureau's signed word on where a stream of its own ended, as it stood in a return or kit. */
export type StreamProof = { readonly manifest: string; readonly sig: string };

/** The proof a station holds of a stream, and the range it proves; null when it has none. */
export function streamProof(
  db: Db,
  stream: string,
): { readonly proof: StreamProof; readonly range: StreamRange } | null {
  const kept = secretsOf(db).get(`stream-proof/${stream}`);
  if (!kept) return null;
  const proof = JSON.parse(kept.toString()) as StreamProof;
  const range = (JSON.parse(proof.manifest) as Manifest).streams.find((one) => one.stream === stream);
  return range ? { proof, range } : null;
}

/**
 * Keeps of a verified package how far it proves the bureau's streams, and by a kit those of the computers before this
 * one: one day the bureau may have lost them itself.
 */
export function keepStreamProofs(db: Db, { manifest, proof }: Pick<OpenPackage, 'manifest' | 'proof'>): void {
  const kept: StreamProof = { manifest: proof.manifest.toString(), sig: proof.signature.toString('base64') };
  for (const { stream, last } of manifest.streams)
    if (last > (streamProof(db, stream)?.range.last ?? 0))
      secretsOf(db).put(`stream-proof/${stream}`, Buffer.from(JSON.stringify(kept)));
}
