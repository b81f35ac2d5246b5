import { type KeyObject, verify } from 'node:crypto';
import { type Entry, type Hashed, lineReader } from './entries.ts';
import { readManifest } from './manifest.ts';
import { jsonOf, published } from './published.ts';
import { must } from './refusal.ts';
import { withSuccession } from './succession.ts';

type Part = {
  readonly stream: string;
  readonly lines: readonly string[];
  readonly manifest: string;
  readonly sig: string;
};
type Kept = { readonly streams: readonly Part[] };

const fits = published('kept');
const isKept = (value: unknown): value is Kept => fits(value);

/** Section 13: what a report brings back of its receiver's streams, each proven by the receiver's own manifest. */
export const broughtBack = (
  files: readonly unknown[],
  bureau: string,
  key: KeyObject | undefined,
): readonly Hashed[] => {
  const whole = new Map<string, Part>();
  for (const kept of files) {
    must(isKept(kept), 'bundle.manifest-invalid', 'kept.json');
    for (const part of kept.streams)
      whole.set(part.stream, { ...part, lines: [...(whole.get(part.stream)?.lines ?? []), ...part.lines] });
  }
  return [...whole.values()].flatMap((part) => proven(part, bureau, key));
};

/** The report's files of it, in their order. */
export function keptIn(file: (name: string) => unknown): readonly unknown[] {
  const files: unknown[] = [];
  for (let found = file('kept.json'); found !== undefined; found = file(`kept-${String(files.length + 1)}.json`))
    files.push(found);
  return files;
}

function proven({ stream, lines, manifest: text, sig }: Part, bureau: string, key: KeyObject | undefined): Hashed[] {
  const bytes = Buffer.from(text);
  const manifest = readManifest(bytes);
  const range = manifest.streams.find((one) => one.stream === stream);
  must(manifest.from === bureau && manifest.kind !== 'report' && range !== undefined, 'bundle.contents-differ', stream);
  const keys = key ? withSuccession([key], manifest) : [];
  const isSigned = keys.some((one) => verify(null, bytes, one, Buffer.from(sig, 'base64')));
  must(isSigned || !key, 'bundle.signature-invalid', `kept.json ${stream}`);
  const kinds = lines.map((line) => (jsonOf(Buffer.from(line)) as Partial<Entry> | undefined)?.kind ?? '');
  const reader = lineReader({ streams: [range], countsByKind: Object.fromEntries(kinds.map((kind) => [kind, 1])) });
  for (const line of lines) reader.take(Buffer.from(`${line}\n`));
  reader.end();
  must(reader.entries.at(-1)?.hash === range.head, 'bundle.contents-differ', `kept.json ${stream}`);
  return reader.entries;
}
