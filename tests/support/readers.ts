import { BUREAU, type PackageWorld } from './package-world.ts';
import { readPackage } from '../verify/package.ts';
import { ed25519Key } from '../verify/succession.ts';
import { Refusal } from '../verify/refusal.ts';

/** What the application comes to on the package in the world's place: a code, or `accepted`. */
export async function applicationSays(world: PackageWorld): Promise<string> {
  const opened = await world.open();
  if (!opened.ok) return opened.problem.code;
  await opened.value.dispose();
  return 'accepted';
}

/** The same of the stand-alone verifier. */
export async function verifierSays({ identity, publicKey, files, path }: PackageWorld): Promise<string> {
  try {
    await readPackage(
      [files.get(path) ?? Buffer.alloc(0)],
      { identities: [identity] },
      { kind: 'report', to: BUREAU, signersOf: () => [ed25519Key(publicKey)] },
    );
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
