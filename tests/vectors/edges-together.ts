import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { GENESIS } from '../../shared/entry.ts';
import { formerComputer } from '../support/carried.ts';
import { BUREAU, entryLines, STATION } from '../support/package-world.ts';
import type { Member } from '../support/tar.ts';
import type { Edge, EdgeWorld } from './edge-world.ts';
import { COMMON, common, FORMER, hashOf, json, kitEdges } from './edges-kits.ts';

/** Reports beside a kit and each other. */
async function reports({ put }: EdgeWorld): Promise<Buffer> {
  const lines = entryLines(6);
  const first = await put(
    'first',
    'the first three entries',
    null,
    { lines: lines.slice(0, 3) },
    { after: ['kit-new'], together: null },
  );
  await put('second', 'the next three', null, { lines: lines.slice(3) }, { after: ['first'], together: null });
  const forked = entryLines(2, { first: 4, prev: 'b'.repeat(64) });
  await put(
    'fork',
    'what does not follow on the first three',
    null,
    { lines: forked },
    { after: ['first'], together: 'journal.fork' },
  );
  const other = entryLines(3, { text: '另一段历史' });
  await put(
    'fork-same',
    'other entries under the same numbers',
    null,
    { lines: other },
    { after: ['first'], together: 'journal.fork' },
  );
  const stranger = { signPublicKey: `${'A'.repeat(43)}=`, recipient: 'age1x', mac: 'ef'.repeat(32) };
  await put(
    'stranger',
    'pairing without the kit’s secret',
    null,
    { lines: lines.slice(0, 3), manifest: { pairing: stranger } },
    {
      after: ['kit-new'],
      together: 'bundle.unknown-sender',
    },
  );

  const { former, stranded } = formerComputer(STATION, FORMER);
  const following = (change: object): string[] => [
    ...former,
    canonical({ ...change, seq: 2, prev: hashOf(former[0]) }),
  ];
  const { sig: _sig, ...bare } = stranded();
  const own = formerComputer(STATION, FORMER);
  const next = own.stranded({ seq: 2, prev: hashOf(own.former[0]) });
  await put(
    'true-entries',
    'entries that all hold, one signed',
    null,
    { lines: [...own.former, canonical(next)] },
    { after: [], together: null },
  );
  await put(
    'signature-moved',
    'a signature of another entry',
    null,
    { lines: following(stranded()) },
    {
      after: [],
      together: 'entry.signature-invalid',
    },
  );
  await put(
    'unsigned',
    'a personal act without signature',
    null,
    { lines: following(bare) },
    { after: [], together: 'journal.unsigned' },
  );
  await put(
    'no-picture',
    'an attachment of another kind',
    null,
    { lines: lines.slice(0, 3), scans: [Buffer.from('MZ')] },
    {
      after: [],
      together: 'file.kind-not-accepted',
    },
  );
  return first;
}

/** Returns: what they say of a station's history, and what a restored bureau asks and gets. */
async function returns(world: EdgeWorld, first: Buffer): Promise<void> {
  const { put, sign } = world;
  const lines = entryLines(3);
  const down = common(world);
  const nothing = { v: 1, stream: STATION, through: 0, hash: GENESIS, missing: [], quarantined: [], bundles: [] };
  const all = { ...nothing, through: 3, hash: hashOf(lines[2]) };
  const taken = { number: 1, sha256: hashOf(undefined), accepted: 3, alreadyKnown: 0, quarantined: 0, held: 0 };
  const ofFirst = { ...taken, sha256: sha256(first).toString('hex') };
  const answer = (receipt: object | null, more: readonly Member[] = []): Edge => {
    const { through = 0, hash = '' } = (receipt ?? {}) as { through?: number; hash?: string };
    const known = through > 0 ? [{ stream: STATION, seq: through, hash }] : [];
    const files = [...(receipt ? [json('receipt.json', receipt)] : []), ...more];
    return { kind: 'return', lines: down.slice(1), files, manifest: { known } };
  };
  const afterKit = (together: string | null) => ({ after: ['kit-new'], together });
  const afterFirst = (together: string | null) => ({ after: ['kit-new', 'first'], together });
  const invalid = afterKit('bundle.manifest-invalid');
  await put('return-empty', 'a receipt of nothing', null, answer(nothing), afterKit(null));
  await put(
    'return-whole',
    'a receipt of the first three',
    null,
    answer({ ...all, bundles: [ofFirst] }),
    afterFirst(null),
  );
  await put('receipt-none', 'a return without a receipt', null, answer(null), invalid);
  await put('receipt-newer', 'a receipt of version 2', null, answer({ ...nothing, v: 2 }), invalid);
  await put('receipt-more', 'a receipt with a field too many', null, answer({ ...nothing, more: 1 }), invalid);
  await put(
    'receipt-stream',
    'a receipt of an unknown stream',
    null,
    answer({ ...nothing, stream: '999999000002-1' }),
    invalid,
  );
  const foreign = 'handoff.receipt-not-our-history';
  await put(
    'receipt-genesis',
    'a receipt of nothing, with a hash',
    null,
    answer({ ...nothing, hash: 'cd'.repeat(32) }),
    afterKit(foreign),
  );
  await put(
    'receipt-history',
    'a receipt of another history',
    null,
    answer({ ...all, hash: 'cd'.repeat(32) }),
    afterFirst(foreign),
  );
  const counts = 'handoff.receipt-counts-differ';
  await put(
    'receipt-counts',
    'a receipt with another count',
    null,
    answer({ ...all, bundles: [{ ...ofFirst, accepted: 2 }] }),
    afterFirst(counts),
  );
  await put(
    'receipt-number',
    'a receipt with another number',
    null,
    answer({ ...all, bundles: [{ ...ofFirst, number: 2 }] }),
    afterFirst(counts),
  );
  const known = { ...answer(all), manifest: { known: [] } };
  await put(
    'receipt-known',
    'a receipt the manifest does not bear out',
    null,
    known,
    afterFirst('bundle.contents-differ'),
  );

  const wanted = { v: 1, streams: [{ stream: COMMON, seq: 1, hash: hashOf(down[0]) }] };
  await put(
    'return-wanted',
    'a restored bureau’s return',
    null,
    answer(nothing, [json('wanted.json', wanted)]),
    afterKit(null),
  );

  const proven = {
    ...{
      format: 'lijing-bundle',
      version: 1,
      kind: 'return',
      from: BUREAU,
      to: STATION,
      number: 1,
      appVersion: '0.1.0',
    },
    ...{
      at: '2026-11-24T08:00:00.000Z',
      known: [],
      attachments: [],
      files: [],
      entries: { sizeBytes: 0, sha256: hashOf('') },
    },
    streams: [{ stream: COMMON, first: 1, last: 3, prev: GENESIS, head: hashOf(down[2]), count: 3 }],
    countsByKind: { 'roster.person-recorded': 1, 'site.bureau-announced': 1, 'training.session-recorded': 1 },
  };
  const bringing = (lines2: readonly string[], change: object = {}, spoil = (sig: Buffer): Buffer => sig): Edge => {
    const manifest = Buffer.from(canonical({ ...proven, ...change }));
    const part = {
      stream: COMMON,
      lines: lines2,
      manifest: manifest.toString(),
      sig: spoil(sign(manifest)).toString('base64'),
    };
    return { lines, files: [json('kept.json', { v: 1, streams: [part] })] };
  };
  const behind = down.slice(1);
  await put('kept', 'what a restored bureau gets back', null, bringing(behind), afterKit(null));
  await put(
    'kept-short',
    'not to the end the bureau signed',
    null,
    bringing(behind.slice(0, 1)),
    afterKit('bundle.contents-differ'),
  );
  await put(
    'kept-altered',
    'with another word',
    null,
    bringing([behind[0]?.replace('每周', '每月') ?? '', behind[1] ?? '']),
    afterKit('journal.chain-broken'),
  );
  await put(
    'kept-unsigned',
    'under a signature that does not hold',
    null,
    bringing(behind, {}, (sig) => Buffer.from(sig).reverse()),
    afterKit('bundle.signature-invalid'),
  );
  await put(
    'kept-foreign',
    'of another bureau',
    null,
    bringing(behind, { from: '999999000009-1', streams: [], countsByKind: {} }),
    afterKit('bundle.contents-differ'),
  );
  await put(
    'kept-malformed',
    'a kept.json that is none',
    null,
    { lines, files: [json('kept.json', { v: 1 })] },
    afterKit('bundle.manifest-invalid'),
  );
}

/** What shows only beside other packages. */
export async function historyEdges(world: EdgeWorld): Promise<void> {
  await kitEdges(world);
  await returns(world, await reports(world));
}
