import { openSealed, type Pieces } from './container.ts';
import { jsonOf, published } from './published.ts';
import { must } from './refusal.ts';

export type Diagnosis = { readonly site: string; readonly at: string };

const MAX_BYTES = 4 * 1024 * 1024;
const UNREADABLE = 'diagnosis.unreadable';
const fits = published('diagnosis');
const isDiagnosis = (value: unknown): value is Diagnosis => fits(value);

/** Section 15: the diagnosis of an installation, sealed to the bureau. */
export async function readDiagnosis(file: Pieces, identities: readonly string[]): Promise<Diagnosis> {
  const all: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of openSealed(file, { identities })) {
    bytes += piece.length;
    must(bytes <= MAX_BYTES, UNREADABLE, 'size');
    all.push(piece);
  }
  const value = jsonOf(Buffer.concat(all));
  must(isDiagnosis(value), UNREADABLE);
  return value;
}
