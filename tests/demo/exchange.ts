import { join } from 'node:path';
import type { HandoffCounts } from '../../shared/handoff.ts';
import { tableLines } from './table.ts';
import { driveAt, type Station, type World } from './world.ts';

/** What one station sent and got back, by the paths of the packages. */
export type Exchanged = { readonly station: Station; readonly bundle: string; readonly returnPackage: string };
export type Counted = HandoffCounts & { readonly station: string; readonly round: string };

/** Bundles up, in reversed order and all of them once more; returns down, taken at the stations. */
export async function exchange(world: World): Promise<{ packages: Exchanged[]; counted: Counted[] }> {
  const sent = await Promise.all(world.stations.map((station) => report(world, station)));
  const reversed = sent.map(({ bundle }) => bundle).toReversed();
  const counted = [...(await receive(world, '首次', reversed)), ...(await receive(world, '重复', reversed))];
  const packages: Exchanged[] = [];
  for (const one of sent) packages.push({ ...one, returnPackage: await answer(world, one.station) });
  return { packages, counted };
}

async function report({ stick }: World, station: Station): Promise<{ station: Station; bundle: string }> {
  const { site } = station;
  await site.signIn('suozhang');
  const { fileName } = await site.call('handoff.export', { drive: await driveAt(site, stick), medium: '县局-01' });
  return { station, bundle: join(stick, fileName) };
}

async function receive({ bureau }: World, round: string, bundles: readonly string[]): Promise<Counted[]> {
  const files: string[] = [];
  for (const bundle of bundles) files.push(await bureau.file(bundle, 'bundle'));
  const outcomes = await bureau.call('handoff.importBundles', { files });
  return outcomes.map(({ station, counts, problem }) => {
    if (!counts) throw new Error(`a bundle was refused: ${problem?.code ?? ''}`);
    return { station: station ?? '', round, ...counts };
  });
}

async function answer({ bureau, stick }: World, { code, name, site }: Station): Promise<string> {
  const { fileName } = await bureau.call('handoff.writeReturn', { site: code, drive: await driveAt(bureau, stick) });
  const path = join(stick, fileName);
  await site.call('handoff.importReturn', { file: await site.file(path, 'bundle') });
  const { waiting, missing } = await site.call('handoff.state', {});
  if (waiting > 0 || missing.length > 0) throw new Error(`${name}: the receipt proves less than was sent`);
  return path;
}

/** The sums over all rounds. */
export const totalOf = (counted: readonly HandoffCounts[]): HandoffCounts =>
  counted.reduce(
    (sum, one) => ({
      exported: sum.exported + one.exported,
      accepted: sum.accepted + one.accepted,
      alreadyKnown: sum.alreadyKnown + one.alreadyKnown,
      quarantined: sum.quarantined + one.quarantined,
      held: sum.held + one.held,
    }),
    { exported: 0, accepted: 0, alreadyKnown: 0, quarantined: 0, held: 0 },
  );

/** Exported = accepted + already known + quarantined, with nothing held. */
export const isBalanced = ({ exported, accepted, alreadyKnown, quarantined, held }: HandoffCounts): boolean =>
  held === 0 && exported === accepted + alreadyKnown + quarantined;

export function countLines(counted: readonly Counted[]): string[] {
  const cells = (one: HandoffCounts): (string | number)[] => [
    one.exported,
    one.accepted,
    one.alreadyKnown,
    one.quarantined,
    one.held,
    isBalanced(one) ? '平' : '不平',
  ];
  return tableLines(
    ['派出所', '导入', '上报', '收下', '已有', '待处理', '暂存', '核对'],
    [...counted.map((one) => [one.station, one.round, ...cells(one)]), ['合计', '', ...cells(totalOf(counted))]],
  );
}
