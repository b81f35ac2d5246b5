import { hkdfSync } from 'node:crypto';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';

/**
 * The secret that a station's kits carry and its first bundle proves itself with. It is made of the bureau's root and the
 * station's code: one for all kits of a station, so that one issued again does not cut off the one already used; and
 * known, too, to a bureau restored from a backup made before the kit was.
 */
export function kitSecret(db: Db, station: string): Buffer {
  const root = secretsOf(db).get('kit-root');
  if (!root) throw new Error('a bureau without a root for its kits');
  return Buffer.from(hkdfSync('sha256', root, '', `lijing kit v1 ${station}`, 32));
}
