import { hkdfSync, randomBytes } from 'node:crypto';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';

/**
 * The secret that a station's kits carry and its first bundle proves itself with. It is made of the bureau's root and the
 * station's code: one for all kits of a station, so that one issued again does not cut off the one already used; and
 * known, too, to a bureau restored from a backup made before the kit was.
 */
export function kitSecret(db: Db, station: string): Buffer {
  const root = secretsOf(db).get('kit-root') ?? newRoot(db);
  return Buffer.from(hkdfSync('sha256', root, '', `lijing kit v1 ${station}`, 32));
}

/** For a bureau that was founded without one; makes it where it is first asked for. */
function newRoot(db: Db): Buffer {
  const root = randomBytes(32);
  secretsOf(db).put('kit-root', root);
  return root;
}
