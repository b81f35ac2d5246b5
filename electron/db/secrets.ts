import type { Db } from './open.ts';

/** The site's own secrets, inside the encrypted database and nowhere else; they never enter the journal. */
export type SecretName = 'site-signing-key' | 'site-identity' | 'pairing-secret' | `kit-secret/${string}`;

export function secretsOf(db: Db) {
  const read = db.prepare<[string], { value: Buffer }>('SELECT value FROM secret WHERE name = ?');
  const write = db.prepare('INSERT OR REPLACE INTO secret (name, value) VALUES (?, ?)');
  return {
    get: (name: SecretName): Buffer | null => read.get(name)?.value ?? null,
    put: (name: SecretName, value: Uint8Array): void => void write.run(name, Buffer.from(value)),
  };
}
