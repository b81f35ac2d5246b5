import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const VECTOR_FOLDER: string = join(import.meta.dirname, 'packages');
/** Kits of stations that are founded anew, under keys of their own. */
export const REFOUNDING_FOLDER: string = join(import.meta.dirname, 'refounding');
/** What lies just inside and just outside the format, under keys of its own. */
export const EDGES_FOLDER: string = join(import.meta.dirname, 'edges');
/** Who signs in whose place, and what else is said of keys, under keys of its own. */
export const KEYS_FOLDER: string = join(import.meta.dirname, 'keys');
/** How signatures and recipients are spelled, under keys of its own. */
export const STRICT_FOLDER: string = join(import.meta.dirname, 'strict');
/** Files beside the packages: help, the escrow key, diagnoses; under keys of its own. */
export const HELP_FOLDER: string = join(import.meta.dirname, 'help');
/** The digests of all of them: none is made again unnoticed. */
export const FROZEN: string = join(import.meta.dirname, 'frozen.json');

/** What one frozen package must come to, at every reader. */
const Vector = z.strictObject({
  file: z.string(),
  /** What is wrong with it, in a few words. */
  about: z.string(),
  kind: z.enum(['report', 'return', 'kit']),
  /** Null: it is not refused. */
  code: z.string().nullable(),
  /** Senders the reader knows to be out of use. */
  revoked: z.array(z.string()).optional(),
  /** Packages read before it, and what all of them then come to; null: all holds. */
  after: z.array(z.string()).optional(),
  together: z.string().nullable().optional(),
});
export type Vector = z.infer<typeof Vector>;

/** The keys of all vectors; they guard nothing. */
const Vectors = z.strictObject({
  identity: z.string(),
  hybridIdentity: z.string().optional(),
  spokenCode: z.string(),
  signPublicKey: z.string(),
  /** Reports go to the bureau, returns and kits to the station. */
  bureau: z.string(),
  station: z.string(),
  vectors: z.array(Vector),
});
export type Vectors = z.infer<typeof Vectors>;

/** The list beside the packages; what it says is never made anew. */
export const readVectors = async (folder: string = VECTOR_FOLDER): Promise<Vectors> =>
  Vectors.parse(JSON.parse(await readFile(join(folder, 'vectors.json'), 'utf8')));

/** What one frozen file beside the packages must come to, at every reader. */
const OtherVector = z.strictObject({
  file: z.string(),
  about: z.string(),
  kind: z.enum(['help-request', 'help-answer', 'escrow-key', 'diagnosis']),
  /** Null: it is taken, and holds the key or the site of the list. */
  code: z.string().nullable(),
});
export type OtherVector = z.infer<typeof OtherVector>;

const OtherVectors = z.strictObject({
  /** The bureau's, then the escrow's, then the request's. */
  identity: z.string(),
  hybridIdentity: z.string(),
  escrowIdentity: z.string(),
  askerIdentity: z.string(),
  spokenCode: z.string(),
  /** The request that waits for its answer, and when the answer is read. */
  request: z.string(),
  now: z.string(),
  station: z.string(),
  /** What slots and answers hold, in hex. */
  dataKey: z.string(),
  vectors: z.array(OtherVector),
});
export type OtherVectors = z.infer<typeof OtherVectors>;

/** The list of the files beside the packages; what it says is never made anew. */
export const readOtherVectors = async (): Promise<OtherVectors> =>
  OtherVectors.parse(JSON.parse(await readFile(join(HELP_FOLDER, 'vectors.json'), 'utf8')));
