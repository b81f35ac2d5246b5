import type { Db } from './open.ts';

/** The site's own secrets, inside the encrypted database and nowhere else; they never enter the journal. */
export type SecretName =
  | 'site-signing-key'
  | 'site-identity'
  /** Identities the site was sealed to before, by their recipients: for what was sealed then and opens later. */
  | `former-identity/${string}`
  | 'pairing-secret'
  /** What a bureau's kits draw their secrets from. */
  | 'kit-root'
  /** No secret, but nobody else's: the bureau's signed word on where a stream of its own ended. */
  | `stream-proof/${string}`;

export type Secret = { readonly name: SecretName; readonly value: Buffer };

export function secretsOf(db: Db) {
  const read = db.prepare<[string], { value: Buffer }>('SELECT value FROM secret WHERE name = ?');
  const every = db.prepare<[], Secret>('SELECT name, value FROM secret ORDER BY name');
  const write = db.prepare('INSERT OR REPLACE INTO secret (name, value) VALUES (?, ?)');
  return {
    all: (): readonly Secret[] => every.all(),
    get: (name: SecretName): Buffer | null => read.get(name)?.value ?? null,
    /** The site's identity, and those it was sealed to before. */
    identities(): readonly string[] {
      const current = read.get('site-identity')?.value;
      if (!current) throw new Error('a site without an identity');
      const former = every.all().filter(({ name }) => name.startsWith('former-identity/'));
      return [current, ...former.map(({ value }) => value)].map((identity) => identity.toString('utf8'));
    },
    put: (name: SecretName, value: Uint8Array): void => void write.run(name, Buffer.from(value)),
  };
}
