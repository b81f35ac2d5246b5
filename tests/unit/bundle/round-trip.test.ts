import fc from 'fast-check';
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { type OpenPackage } from '../../../electron/bundle/read-package.ts';
import { sealed, unsealed } from '../../../electron/crypto/age.ts';
import { sha256 } from '../../../electron/journal/entry-line.ts';
import { fail } from '../../../shared/problem.ts';
import {
  BUREAU,
  CHEAP_CODE,
  STATION,
  allOf,
  anAttachment,
  entriesOf,
  entryLines,
  packageWorld,
  piecesOf,
} from '../../support/package-world.ts';

const opened = (result: Awaited<ReturnType<Awaited<ReturnType<typeof packageWorld>>['open']>>): OpenPackage => {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
};

describe('a report from station to bureau', () => {
  it('arrives as it left: entries, attachments, further files', async () => {
    const world = await packageWorld();
    const attachment = fc.uint8Array({ minLength: 1, maxLength: 3_000 });
    const distinct = { selector: (bytes: Uint8Array) => Buffer.from(bytes).toString('hex'), maxLength: 4 };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
        fc.uniqueArray(attachment, distinct),
        fc.uint8Array({ maxLength: 1_500 }),
        async (count, text, attachments, bytes) => {
          const lines = entryLines(count, { text });
          const files = [{ name: 'receipt.json', bytes }];
          await world.write({ lines, attachments: attachments.map(anAttachment), files });
          const read = opened(await world.open());
          expect((await entriesOf(read)).map(({ line }) => line)).toEqual(lines);
          for (const { line, hash } of await entriesOf(read)) expect(hash).toEqual(sha256(line));
          for (const plain of attachments)
            expect(Buffer.from(plain).equals(await read.attachment(anAttachment(plain).sha256))).toBe(true);
          expect(await read.file('receipt.json')).toEqual(Buffer.from(bytes));
          await read.dispose();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says what it is in its manifest', async () => {
    const world = await packageWorld();
    const [before, ...lines] = entryLines(5);
    const known = [{ stream: `${BUREAU}/common`, seq: 4, hash: sha256('head').toString('hex') }];
    const written = await world.write({ lines, known, medium: 'U-03' });
    const read = opened(await world.open());
    expect(read.manifest).toMatchObject({ from: STATION, to: BUREAU, number: 7, medium: 'U-03', known });
    expect(read.manifest.streams).toEqual([
      {
        stream: STATION,
        first: 2,
        last: 5,
        prev: sha256(before ?? '').toString('hex'),
        head: sha256(lines[3] ?? '').toString('hex'),
        count: 4,
      },
    ]);
    expect(read.manifest.countsByKind).toEqual({ 'roster.person-recorded': 3, 'training.session-recorded': 1 });
    expect(written).toMatchObject({ ok: true, value: { sha256: read.sha256, sizeBytes: read.sizeBytes } });
    await read.dispose();
  });

  it('may be empty', async () => {
    const world = await packageWorld();
    await world.write({ lines: [] });
    const read = opened(await world.open());
    expect(read.manifest.streams).toEqual([]);
    expect(await entriesOf(read)).toEqual([]);
    expect(await read.file('receipt.json')).toBeNull();
  });

  it('stands on the stick and in the temporary place without a readable name, and leaves nothing there', async () => {
    const world = await packageWorld();
    await world.write({
      lines: entryLines(3, { text: '张三' }),
      attachments: [anAttachment(Buffer.from('%PDF 李四'))],
    });
    const read = opened(await world.open());
    expect([...world.files.keys()]).toEqual([world.path, expect.stringContaining('/temp/')]);
    for (const bytes of world.files.values()) {
      expect(bytes.includes('张三')).toBe(false);
      expect(bytes.includes('李四')).toBe(false);
    }
    await read.dispose();
    expect([...world.files.keys()]).toEqual([world.path]);
  });

  it('reports its progress up to the end, on both sides', async () => {
    const world = await packageWorld();
    await world.write({ lines: entryLines(200), attachments: [anAttachment(Buffer.alloc(5_000, 1))] });
    const seen: [number, number][] = [];
    const read = opened(await world.open({ onProgress: (done, total) => void seen.push([done, total]) }));
    expect(seen.length).toBeGreaterThan(1);
    const { entries } = read.manifest;
    expect(seen.at(-1)).toEqual([entries.sizeBytes + 5_000, entries.sizeBytes + 5_000]);
    await read.dispose();
  });
});

describe('a return and a kit', () => {
  it('carries the common stream and the one for this station', async () => {
    const world = await packageWorld();
    const lines = [
      ...entryLines(3, { stream: `${BUREAU}/common` }),
      ...entryLines(2, { stream: `${BUREAU}/${STATION}` }),
    ];
    await world.write({ kind: 'return', from: BUREAU, to: STATION, lines });
    const read = opened(await world.open({ expect: { kind: 'return', to: STATION } }));
    expect(read.manifest.streams.map(({ stream, count }) => [stream, count])).toEqual([
      [`${BUREAU}/common`, 3],
      [`${BUREAU}/${STATION}`, 2],
    ]);
    await read.dispose();
  });

  it('opens a kit with its code alone, before the reader knows who it is', async () => {
    const world = await packageWorld();
    await world.write({ kind: 'kit', from: BUREAU, to: STATION, lines: [] }, CHEAP_CODE);
    const read = opened(await world.open({ keys: CHEAP_CODE, expect: { kind: 'kit' } }));
    expect(read.manifest.to).toBe(STATION);
    await read.dispose();
  });

  it("refuses to write another station's stream", async () => {
    const world = await packageWorld();
    const lines = entryLines(1, { stream: `${BUREAU}/999999000002-1` });
    await expect(world.write({ kind: 'return', from: BUREAU, to: STATION, lines })).rejects.toThrow();
    expect(world.files.size).toBe(0);
  });
});

describe('what the writer refuses', () => {
  it('a chain with a gap', async () => {
    const world = await packageWorld();
    const [first = '', , third = ''] = entryLines(3);
    expect(await world.write({ lines: [first, third] })).toMatchObject({
      ok: false,
      problem: { code: 'journal.chain-broken' },
    });
  });

  it('an attachment that is not what the manifest says, or is not there', async () => {
    const world = await packageWorld();
    const attachment = anAttachment(Buffer.from('%PDF'));
    const replaced = { ...attachment, read: anAttachment(Buffer.from('%PDX')).read };
    const missing = { ...attachment, read: () => Promise.resolve(fail('file.unknown')) };
    expect(await world.write({ attachments: [replaced] })).toMatchObject({
      problem: { code: 'bundle.contents-differ' },
    });
    expect(await world.write({ attachments: [missing] })).toMatchObject({ problem: { code: 'file.unknown' } });
    expect(world.files.size).toBe(0);
  });
});

describe('the seal', () => {
  const sizes = [0, 1, 65_535, 65_536, 65_537, 200_000];

  it.each(sizes)('is the same age file whoever makes or opens it, at %i bytes', async (size) => {
    const { identity, recipient } = await packageWorld();
    const plain = Buffer.alloc(size, 'lijing');
    for (const native of [true, false]) {
      const file = await allOf(sealed(piecesOf(plain), { recipients: [recipient] }, native));
      const typage = new Decrypter();
      typage.addIdentity(identity);
      expect(plain.equals(await typage.decrypt(file))).toBe(true);
      for (const reading of [true, false])
        expect(plain.equals(await allOf(unsealed(piecesOf(file), { identities: [identity] }, reading)))).toBe(true);
    }
    const typage = new Encrypter();
    typage.addRecipient(recipient);
    const file = await typage.encrypt(plain);
    expect(plain.equals(await allOf(unsealed(piecesOf(file), { identities: [identity] })))).toBe(true);
  });

  it('is post-quantum for a hybrid recipient, and never half of it', async () => {
    const hybrid = await generateHybridIdentity();
    const recipient = await identityToRecipient(hybrid);
    const { recipient: classical } = await packageWorld();
    const file = await allOf(sealed(piecesOf(Buffer.from('x')), { recipients: [recipient] }));
    expect(file.toString('latin1')).toContain('-> mlkem768x25519 ');
    expect((await allOf(unsealed(piecesOf(file), { identities: [hybrid] }))).toString()).toBe('x');
    await expect(allOf(sealed(piecesOf(), { recipients: [recipient, classical] }))).rejects.toThrow();
    await expect(allOf(sealed(piecesOf(), { recipients: [] }))).rejects.toThrow();
  });
});
