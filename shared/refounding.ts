import { z } from 'zod';
import { command, job } from './call.ts';
import { Entry, entryKind, Sha256, SiteCode } from './entry.ts';
import { LoginName } from './site.ts';

/** Why a station's computer is put out of use. */
export const revocationReasons = ['lost', 'stolen', 'broken', 'forked', 'replaced'] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** `hash` is that of the entry's own line, as its former stream knew it. */
const Carried = z.strictObject({ entry: Entry, hash: Sha256 });

/** Where two histories part, and what of the second one is kept aside. */
const ForkPlace = { seq: z.int().positive(), since: z.iso.datetime(), entries: z.int().positive() };

/** Entries of a former computer that count now, and those that contradict what is held and stay aside. */
const CarriedCounts = { carried: z.int().nonnegative(), left: z.int().nonnegative() };

/** A computer is put out of use, and its station goes on with another one (重新开站). */
export const refoundingEntries = {
  /** A station's computer is out of use: nothing it sends is taken from here on, under whatever keys. */
  'handoff.station-revoked': entryKind(
    z.strictObject({
      site: SiteCode,
      reason: z.enum(revocationReasons),
      words: z.string().trim().max(500),
      secondPerson: z.uuid(),
    }),
    { from: 'bureau' },
  ),
  /** A bundle goes on from another history than the one held: what it brings is kept aside, and counts for nothing. */
  'handoff.fork-found': entryKind(
    z.strictObject({ site: SiteCode, number: z.int(), sha256: Sha256, writtenAt: z.iso.datetime(), ...ForkPlace }),
    { from: 'bureau' },
  ),
  /** A station goes on with another computer: so many entries that its former stream could not take were carried over. */
  'handoff.station-refounded': entryKind(z.strictObject({ site: SiteCode, former: SiteCode, ...CarriedCounts }), {
    from: 'bureau',
  }),
  /** What a former computer wrote and its stream could not take, verbatim; counts as the entry inside it. */
  'handoff.entry-carried': entryKind(Carried, { from: 'bureau', goes: 'station' }),
  'handoff.closed-entry-carried': entryKind(Carried, { from: 'bureau', goes: 'station', closed: true }),
};

export const refoundingCalls = {
  /** Puts a station's computer out of use (报失、停用), for good; what was taken of it stays. Under two persons. */
  'handoff.revokeStation': command({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({
      site: SiteCode,
      reason: z.enum(revocationReasons),
      words: z.string().trim().max(500),
      secondLoginName: LoginName,
      secondPassword: z.string().max(200),
    }),
    output: z.strictObject({}),
  }),
  /** Gives a station whose computer is out of use another one (重新开站); the kit for it is issued next. */
  'handoff.refound': job({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ site: SiteCode }),
    output: z.strictObject({ site: SiteCode, ...CarriedCounts }),
  }),
};
