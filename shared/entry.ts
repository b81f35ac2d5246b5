import { z } from 'zod';
import type { SiteKind } from './call.ts';
import { Signature } from './keys.ts';

/** Lower-case hex SHA-256. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** 12-digit organ code (GA 380) and the number of the device at that organ, e.g. `510922000000-1`. */
export const SiteCode = z.string().regex(/^\d{12}-\d{1,3}$/);
export const OrganCode = z.string().regex(/^\d{12}$/);

/**
 * A stream is one hash chain: a site's own (`<site>`), a bureau's for all its stations (`<bureau>/common`), or a
 * bureau's for one station (`<bureau>/<station>`).
 */
export const StreamId = z.string().regex(/^\d{12}-\d{1,3}(\/(common|\d{12}-\d{1,3}))?$/);

/** Prev of a stream's first entry. */
export const GENESIS = '0'.repeat(64);

/** One journal entry (流水) as it is hashed, signed and handed over; see resources/format. */
export const Entry = z.strictObject({
  v: z.literal(1),
  stream: StreamId,
  seq: z.int().positive(),
  /** Local clock, ISO instant in UTC; proves nothing, order is `seq`. */
  at: z.iso.datetime(),
  /** Account id of the author, or `system`. */
  by: z.union([z.uuid(), z.literal('system')]),
  kind: z.string().regex(/^[a-z]+\.[a-z0-9-]+$/),
  body: z.record(z.string(), z.json()),
  prev: Sha256,
  /** Author's Ed25519 signature, base64, over the canonical JSON without `sig`; on personal acts only. */
  sig: Signature.optional(),
});
export type Entry = z.infer<typeof Entry>;

/** What the journal demands of one kind of entry. */
export type EntryKind<B extends z.ZodType = z.ZodType> = {
  readonly body: B;
  /** Which kind of site may write it. */
  readonly from: SiteKind | 'both';
  /** Into which of the bureau's streams it goes: all stations, the one concerned, or none but itself. */
  readonly goes: 'common' | 'station' | 'own';
  /** A personal act: refused without its author's own signature. */
  readonly signed: boolean;
  /** Confidential: whoever may not know of its record learns neither its kind, its author nor its contents. */
  readonly closed: boolean;
};

/** Declares a kind of entry; a station's always go into its own stream. */
export const entryKind = <B extends z.ZodType>(
  body: B,
  spec: { from: SiteKind | 'both'; goes?: 'common' | 'station' | 'own'; signed?: boolean; closed?: boolean },
): EntryKind<B> => ({
  body,
  from: spec.from,
  goes: spec.goes ?? 'own',
  signed: spec.signed ?? false,
  closed: spec.closed ?? false,
});

/** What stands in place of a confidential entry's kind, wherever entries are listed or counted. */
export const CLOSED_ENTRY = 'site.closed-entry';

/** A refusal's code as everybody may read it: the rule a confidential entry breaks would say what it is about. */
export const toldCode = (kindAsTold: string, code: string): string =>
  kindAsTold === CLOSED_ENTRY && !code.startsWith('entry.') ? 'entry.refused-by-rules' : code;
