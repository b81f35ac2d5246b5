import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import type { PackageKind } from '../../shared/manifest.ts';
import { carriedReader, carrying, formerComputer, verifierFinds } from '../support/carried.ts';
import { alteredAt, type Mutation, mutations, type Step, steps } from '../support/mutations.ts';
import { packageWorld } from '../support/package-world.ts';
import { applicationSays, verifierSays } from '../support/readers.ts';
import { spoiler } from '../support/spoiler.ts';
import { type Trial, unless } from './trial.ts';

/** Refusals that the spoilt packages must meet, so that they reach every check of the format and not only the seal. */
export const REACHED: readonly string[] = [
  'accepted',
  'bundle.damaged',
  'bundle.not-for-us',
  'bundle.manifest-invalid',
  'bundle.signature-invalid',
  'bundle.contents-differ',
  'journal.chain-broken',
  'journal.hash-differs',
  'entry.body-invalid',
];

const KINDS: readonly PackageKind[] = ['report', 'return', 'kit'];

type Said = readonly [application: string, verifier: string];

/** One kind of package, spoilt at any layer. */
async function spoiltPackages(kind: PackageKind) {
  const world = await packageWorld();
  const { original, spoilt } = await spoiler(world, kind);
  const bothSay = async (file: Buffer): Promise<Said> => {
    world.files.set(world.path, file);
    return [await applicationSays(world, kind), await verifierSays(world, kind)];
  };
  assert.deepEqual(await bothSay(original), ['accepted', 'accepted'], kind);
  return async (mutation: Mutation): Promise<Said> => {
    const said = await bothSay(await spoilt(mutation));
    unless(world.files.size === 1, 'silent', `${JSON.stringify(mutation)}: something is left in the temporary place`);
    return said;
  };
}

/** What a bureau carries of a former computer, altered anywhere, with or without the digest that fits. */
async function spoiltCarriage() {
  const { former, stranded, down } = formerComputer();
  const before = [...former, ...down([])];
  const { finds, close } = await carriedReader(before);
  const outer = JSON.parse(down([carrying(stranded())]).at(-1) ?? '') as { readonly body: object };
  const bothFind = (body: object): Said => {
    const line = canonical({ ...outer, body });
    return [finds(line), verifierFinds([...before, line])];
  };
  assert.deepEqual(bothFind(outer.body), ['accepted', 'accepted']);
  const attempt = (step: Step, isRehashed: boolean): Said => {
    if (!isRehashed) return bothFind(alteredAt(outer.body, step));
    const entry = alteredAt(stranded(), step);
    return bothFind({ entry, hash: sha256(canonical(entry)).toString('hex') });
  };
  return { attempt, close };
}

/** Packages of every kind and carried entries, spoilt anyhow: application and stand-alone verifier say the same of each. */
export const agreement: Trial = {
  name: 'agreement',
  begin: async () => {
    const packages = await Promise.all(KINDS.map(spoiltPackages));
    const carriage = await spoiltCarriage();
    return {
      attempt: async (number) => {
        const turn = number % (packages.length + 1);
        const ofPackage = packages[turn];
        const [mutation] = fc.sample(mutations, { seed: number, numRuns: 1 });
        const [step] = fc.sample(steps, { seed: number, numRuns: 1 });
        if (!mutation || !step) throw new Error('no mutation');
        const isRehashed = number % 8 > 3;
        const [application, verifier] = ofPackage ? await ofPackage(mutation) : carriage.attempt(step, isRehashed);
        // A broken gzip may show in what comes out of it before its checksum is reached.
        const agree =
          ofPackage && mutation.layer === 'gzip'
            ? (application === 'accepted') === (verifier === 'accepted')
            : application === verifier;
        const where = ofPackage
          ? `${KINDS[turn] ?? ''} ${JSON.stringify(mutation)}`
          : JSON.stringify([step, isRehashed]);
        unless(agree, 'silent', `${where}: ${application} here, ${verifier} at the verifier`);
        return { faults: 1, told: [application] };
      },
      end: async () => {
        carriage.close();
      },
    };
  },
};
