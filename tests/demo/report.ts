import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../electron/db/open.ts';
import { secretsOf } from '../../electron/db/secrets.ts';
import { importSigningKey, publicKeyOf, publicKeyPem } from '../../electron/crypto/ed25519.ts';
import { databasePath } from '../../electron/site/founding.ts';
import { openVault } from '../../electron/site/vault.ts';
import { PASSWORD } from '../support/site.ts';
import { type Counted, type Exchanged, totalOf } from './exchange.ts';

/** The keys of one site as outside tools take them: two files and a number. They guard invented people only. */
export type SiteKeys = {
  readonly database: string;
  /** 256 bits, hex. */
  readonly databaseKey: string;
  /** An age identity file. */
  readonly identityFile: string;
  /** Ed25519 public key of the site, PEM. */
  readonly signerPublicKey: string;
};

export type Report = ReturnType<typeof reportOf>;

/** Opens a closed site with a password, as its application does, and lays its keys in `folder`. */
export async function takeKeys(dir: string, login: string, folder: string, name: string): Promise<SiteKeys> {
  await mkdir(folder, { recursive: true });
  const { dataKey } = await openVault(dir, () => new Date()).unlock(login, PASSWORD);
  const db = openDatabase(databasePath(dir), dataKey, 'read');
  try {
    const secrets = secretsOf(db);
    const identity = secrets.get('site-identity');
    const signingKey = secrets.get('site-signing-key');
    if (!identity || !signingKey) throw new Error('a site without keys');
    const identityFile = join(folder, `${name}-identity.txt`);
    const signerPublicKey = join(folder, `${name}-signer.pem`);
    await writeFile(identityFile, `${identity.toString('utf8')}\n`, { mode: 0o600 });
    await writeFile(signerPublicKey, publicKeyPem(publicKeyOf(importSigningKey(signingKey))));
    return { database: databasePath(dir), databaseKey: dataKey.toString('hex'), identityFile, signerPublicKey };
  } finally {
    db.close();
  }
}

type Keyed = { readonly exchanged: Exchanged; readonly keys: SiteKeys };

/** What the demonstration counted and where everything lies; the first station stands for all at the top. */
export function reportOf(counted: readonly Counted[], bureau: SiteKeys, stations: readonly Keyed[]) {
  const [first] = stations;
  if (!first) throw new Error('a county without stations');
  return {
    ...totalOf(counted),
    imports: counted,
    bundle: first.exchanged.bundle,
    returnPackage: first.exchanged.returnPackage,
    bureauDatabase: bureau.database,
    stationDatabase: first.keys.database,
    keys: {
      bureauIdentityFile: bureau.identityFile,
      bureauSignerPublicKey: bureau.signerPublicKey,
      bureauDatabaseKey: bureau.databaseKey,
      stationIdentityFile: first.keys.identityFile,
      stationSignerPublicKey: first.keys.signerPublicKey,
      stationDatabaseKey: first.keys.databaseKey,
    },
    stations: stations.map(({ exchanged: { station, bundle, returnPackage }, keys }) => ({
      name: station.name,
      site: station.code,
      kit: station.kit,
      bundle,
      returnPackage,
      ...keys,
    })),
  };
}
