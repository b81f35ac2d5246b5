import type { z } from 'zod';
import type { Account } from '../../shared/site.ts';
import { siteEntries } from '../../shared/site-entries.ts';
import { siteHelpEntries } from '../../shared/site-help.ts';
import { ProblemError } from '../../shared/problem.ts';
import { isVouchedFor } from '../bundle/key-changes.ts';
import type { Db } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import { lineOf, lineProjectors } from './line.ts';
import { projection } from '../journal/projection.ts';
import { helpProjectors } from './help-store.ts';
import { streamParts } from '../journal/entry-line.ts';

/** Told by the journal itself; nothing is computed from them. */
const toldAlone = {
  'site.audit-exported': () => undefined,
  'site.call-refused': () => undefined,
  'site.keyring-mended': () => undefined,
};

/** Sites, accounts, and the keys their signatures are checked with. */
export const siteProjection = projection({
  name: 'site',
  version: 8,
  kinds: { ...siteEntries, ...siteHelpEntries },
  line: lineOf,
  tables: ['site', 'account', 'signer', 'key_change', 'tail_lost', 'heads_pinned', 'escrow_slot'],
  schema: `
    CREATE TABLE site (
      code TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('station', 'bureau')),
      name TEXT NOT NULL,
      printing_name TEXT,
      sign_public_key TEXT,
      recipient TEXT,
      bureau TEXT,
      former TEXT,
      station TEXT,
      escrow TEXT,
      escrow_since TEXT,
      escrow_pending TEXT,
      recovery_confirmed INTEGER NOT NULL DEFAULT 0,
      -- Its own stream is here, and tells its keys.
      speaks INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE account (
      stream TEXT NOT NULL,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      login_name TEXT NOT NULL,
      roles TEXT NOT NULL,
      person_id TEXT,
      active INTEGER NOT NULL,
      last_sign_in_at TEXT,
      PRIMARY KEY (stream, id)
    ) STRICT;
    CREATE TABLE signer (
      site TEXT NOT NULL,
      account_id TEXT NOT NULL,
      public_key TEXT NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (site, account_id, public_key)
    ) STRICT;
    CREATE TABLE key_change (
      site TEXT NOT NULL,
      seq INTEGER NOT NULL,
      at TEXT NOT NULL,
      former TEXT NOT NULL,
      sign_public_key TEXT NOT NULL,
      recipient TEXT NOT NULL,
      sig TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (site, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tail_lost (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, lost TEXT NOT NULL, up_to INTEGER NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE heads_pinned (stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (stream, seq)) STRICT, WITHOUT ROWID;
    CREATE TABLE escrow_slot (
      stream TEXT PRIMARY KEY, slot_id TEXT NOT NULL, since TEXT NOT NULL, holders TEXT NOT NULL
    ) STRICT;
  `,
  prepare: (db) => {
    const rename = db.prepare('UPDATE site SET printing_name = ? WHERE code = ?');
    const rekey = db.prepare('UPDATE site SET sign_public_key = ?, recipient = ? WHERE code = ?');
    const keyChange = db.prepare(
      `INSERT INTO key_change (site, seq, at, former, sign_public_key, recipient, sig, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const escrowMade = db.prepare('UPDATE site SET escrow_pending = ? WHERE code = ?');
    const escrowCounts = db.prepare(
      'UPDATE site SET escrow = ?, escrow_since = ?, escrow_pending = NULL WHERE code = ?',
    );
    const pair = db.prepare('UPDATE site SET bureau = ? WHERE code = ?');
    const confirmRecovery = db.prepare('UPDATE site SET recovery_confirmed = 1 WHERE code = ?');
    const withdrawRecovery = db.prepare('UPDATE site SET recovery_confirmed = 0 WHERE code = ?');
    const account = db.prepare(
      'INSERT INTO account (stream, id, name, login_name, roles, person_id, active) VALUES (?, ?, ?, ?, ?, ?, 1)',
    );
    const change = db.prepare('UPDATE account SET name = ?, roles = ?, person_id = ? WHERE stream = ? AND id = ?');
    const close = db.prepare('UPDATE account SET active = 0 WHERE stream = ? AND id = ?');
    const signedIn = db.prepare('UPDATE account SET last_sign_in_at = ? WHERE stream = ? AND id = ?');
    const tailLost = db.prepare('INSERT INTO tail_lost (stream, seq, lost, up_to, at) VALUES (?, ?, ?, ?, ?)');
    const headsPinned = db.prepare('INSERT INTO heads_pinned (stream, seq) VALUES (?, ?)');
    const signer = db.prepare('INSERT OR IGNORE INTO signer (site, account_id, public_key, name) VALUES (?, ?, ?, ?)');
    const nameOf = db.prepare<[string, string], { name: string }>(
      'SELECT name FROM account WHERE stream = ? AND id = ?',
    );

    return {
      ...helpProjectors(db),
      ...faceProjectors(db),
      'site.keys-changed': ({ reason, ...change }, { stream, seq, at }) => {
        const { writer } = streamParts(stream);
        if (!isVouchedFor(writer, change)) throw new ProblemError('entry.signature-invalid');
        const { former, signPublicKey, recipient, sig } = change;
        rekey.run(signPublicKey, recipient, writer);
        keyChange.run(writer, seq, at, former, signPublicKey, recipient, sig, reason);
      },
      'site.renamed': ({ printingName }, { stream }) => void rename.run(printingName, streamParts(stream).writer),
      'site.escrow-made': ({ recipient }, { stream }) => void escrowMade.run(recipient, streamParts(stream).writer),
      'site.escrow-announced': ({ recipient }, { stream, at }) =>
        void escrowCounts.run(recipient, at, streamParts(stream).writer),
      'site.paired': ({ bureau }, { stream }) => void pair.run(bureau, stream),
      ...lineProjectors(db),
      'site.signer-announced': (body, { stream }) =>
        void signer.run(streamParts(stream).writer, body.id, body.publicKey, body.name),
      'site.account-created': (body, { home }) => {
        account.run(home, body.id, body.name, body.loginName, JSON.stringify(body.roles), body.personId);
        signer.run(home, body.id, body.publicKey, body.name);
      },
      'site.account-changed': (body, { home }) =>
        void change.run(body.name, JSON.stringify(body.roles), body.personId, home, body.id),
      'site.account-closed': ({ id }, { home }) => void close.run(home, id),
      'site.account-rekeyed': (body, { home }) =>
        void signer.run(home, body.id, body.publicKey, nameOf.get(home, body.id)?.name ?? ''),
      'site.recovery-key-confirmed': (_body, { stream }) => void confirmRecovery.run(stream),
      'site.recovery-key-renewed': (_body, { stream }) => void withdrawRecovery.run(stream),
      'site.tail-lost': ({ lost, upTo }, { stream, seq, at }) => void tailLost.run(stream, seq, lost, upTo, at),
      'site.heads-pinned': (_body, { stream, seq }) => void headsPinned.run(stream, seq),
      ...toldAlone,
      'site.signed-in': (_body, { stream, at, by }) => void signedIn.run(at, stream, by),
    };
  },
});

/** Who a site is: what it says itself, and what its bureau says of it or of itself to others. */
function faceProjectors(db: Db) {
  const founded = db.prepare(
    `INSERT INTO site (code, kind, name, printing_name, sign_public_key, recipient, speaks) VALUES (?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name, printing_name = excluded.printing_name,
       sign_public_key = excluded.sign_public_key, recipient = excluded.recipient, speaks = 1`,
  );
  // A restored bureau's own keys are not those that came back to it with what it announced and forgot.
  const told = db.prepare(
    `INSERT INTO site (code, kind, name, sign_public_key, recipient) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       sign_public_key = iif(speaks, sign_public_key, coalesce(excluded.sign_public_key, sign_public_key)),
       recipient = iif(speaks, recipient, coalesce(excluded.recipient, recipient))`,
  );
  type Body<K extends keyof typeof siteEntries> = z.output<(typeof siteEntries)[K]['body']>;

  return {
    'site.founded': (body: Body<'site.founded'>) =>
      void founded.run(body.site, body.siteKind, body.name, body.printingName, body.signPublicKey, body.recipient),
    'site.bureau-announced': (body: Body<'site.bureau-announced'>) =>
      void told.run(body.site, 'bureau', body.name, body.signPublicKey, body.recipient),
    'site.station-registered': (body: Body<'site.station-registered'>) =>
      void told.run(body.site, 'station', body.name, null, null),
  };
}

export type SiteRow = {
  readonly code: string;
  readonly kind: 'station' | 'bureau';
  readonly name: string;
  readonly printingName: string | null;
  readonly signPublicKey: string | null;
  readonly recipient: string | null;
  readonly bureau: string | null;
  readonly escrow: string | null;
  readonly escrowSince: string | null;
  readonly escrowPending: string | null;
  readonly recoveryConfirmed: 0 | 1;
};

type AccountRow = Omit<Account, 'roles' | 'active'> & {
  readonly roles: string;
  readonly active: 0 | 1;
  readonly lastSignInAt: string | null;
};

const siteColumns = `code, kind, name, printing_name AS printingName, sign_public_key AS signPublicKey, recipient, bureau,
  escrow, escrow_since AS escrowSince, escrow_pending AS escrowPending, recovery_confirmed AS recoveryConfirmed`;
const accountColumns = `id, name, login_name AS loginName, roles, person_id AS personId, active,
  last_sign_in_at AS lastSignInAt`;

export type SiteStore = ReturnType<typeof siteStore>;

/** The open site, as far as signing in needs it. */
export type OpenDoor = { readonly db: Db; readonly journal: Journal; readonly store: SiteStore };

/** Reads the sites known here, and the accounts of this one. */
export function siteStore(db: Db, self: string) {
  const site = db.prepare<[string], SiteRow>(`SELECT ${siteColumns} FROM site WHERE code = ?`);
  const accounts = db.prepare<[string], AccountRow>(
    `SELECT ${accountColumns} FROM account WHERE stream = ? ORDER BY active DESC, name, id`,
  );
  const account = db.prepare<[string, string], AccountRow>(
    `SELECT ${accountColumns} FROM account WHERE stream = ? AND id = ?`,
  );
  const keys = db.prepare<[string, string], { publicKey: string }>(
    'SELECT public_key AS publicKey FROM signer WHERE site = ? AND account_id = ?',
  );
  const keyChanges = db.prepare<[string], { at: string; signPublicKey: string; reason: string }>(
    'SELECT at, sign_public_key AS signPublicKey, reason FROM key_change WHERE site = ? ORDER BY seq DESC LIMIT 100',
  );
  const known = db.prepare<[string], Record<string, string | null>>(
    `SELECT p.name_pinyin, p.badge_no, p.birth_date, p.resident_id, v.facts ->> '$.phone' AS phone
     FROM person p JOIN person_version v ON v.stream = p.stream AND v.seq = p.seq WHERE p.id = ?`,
  );
  const toAccount = ({ roles, active, lastSignInAt: _at, ...rest }: AccountRow): Account => ({
    ...rest,
    roles: JSON.parse(roles) as Account['roles'],
    active: active === 1,
  });

  return {
    site: (code: string = self): SiteRow | null => site.get(code) ?? null,
    accounts: (): Account[] => accounts.all(self).map(toAccount),
    account: (id: string): Account | null => {
      const row = account.get(self, id);
      return row ? toAccount(row) : null;
    },
    /** When the account was last signed in to. */
    lastSignIn: (id: string): string | null => account.get(self, id)?.lastSignInAt ?? null,
    /** What everybody at the station knows of a person, for the rules of passwords; nothing for nobody. */
    knownOf: (personId: string | null): string[] =>
      personId === null ? [] : Object.values(known.get(personId) ?? {}).filter((fact) => fact !== null),
    /** Changes of this site's own keys, newest first. */
    keyChanges: () => keyChanges.all(self),
    /** Every key the account has ever signed with at its site. */
    publicKeysOf: (siteCode: string, accountId: string): string[] =>
      keys.all(siteCode, accountId).map(({ publicKey }) => publicKey),
  };
}
