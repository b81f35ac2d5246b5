import type { PackageKind } from '../../shared/manifest.ts';
import { BUREAU, CHEAP_CODE, type PackageWorld, STATION } from './package-world.ts';
import { readPackage } from '../verify/package.ts';
import { ed25519Key } from '../verify/succession.ts';
import { Refusal } from '../verify/refusal.ts';

const receiverOf = (kind: PackageKind): string => (kind === 'report' ? BUREAU : STATION);

/** What the application comes to on the package in the world's place: a code, or `accepted`. */
export async function applicationSays(
  world: PackageWorld,
  kind: PackageKind = 'report',
  to: string = receiverOf(kind),
): Promise<string> {
  const keys = kind === 'kit' ? { code: CHEAP_CODE.code } : { identities: [world.identity] };
  const opened = await world.open({ keys, expect: { kind, to } });
  if (!opened.ok) return opened.problem.code;
  await opened.value.dispose();
  return 'accepted';
}

/** The same of the stand-alone verifier. */
export async function verifierSays(
  { identity, publicKey, files, path }: PackageWorld,
  kind: PackageKind = 'report',
  to: string = receiverOf(kind),
): Promise<string> {
  try {
    await readPackage(
      [files.get(path) ?? Buffer.alloc(0)],
      kind === 'kit' ? { codes: [CHEAP_CODE.code] } : { identities: [identity] },
      { kind, to: [to], signersOf: () => [ed25519Key(publicKey)] },
    );
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
