import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Post-quantum hybrid (`age1pq1…`), or classical for tools that do not know it yet. */
export type AgeKind = 'hybrid' | 'x25519';

export const newIdentity = (kind: AgeKind): Promise<string> =>
  kind === 'hybrid' ? generateHybridIdentity() : generateX25519Identity();

/** The public half, `age1…`. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);
