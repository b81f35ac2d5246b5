import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { projections } from '../../electron/slices.ts';
import { KitSite } from '../../electron/site/kit.ts';
import { DiagnosisReport } from '../../shared/diagnosis.ts';
import { Entry } from '../../shared/entry.ts';
import { Kept, Wanted } from '../../shared/give-back.ts';
import { Manifest, Receipt } from '../../shared/manifest.ts';
import { HelpAnswer, HelpRequest } from '../../shared/site-help.ts';

export const FORMAT_FOLDER: string = join(import.meta.dirname, '../../resources/format');

const schemaText = (title: string, schema: z.ZodType): string =>
  `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`;

/** Every kind of entry: which site writes it, into which stream, whether its author signs it, whether it is closed, and its body. */
const kindsText = (): string => {
  const kinds = projections
    .flatMap(({ kinds: own }) => Object.entries(own))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { body, ...spec }]) => [kind, { ...spec, body: z.toJSONSchema(body, { io: 'input' }) }]);
  return `${JSON.stringify(Object.fromEntries(kinds), null, 2)}\n`;
};

/** The published JSON Schemas by file name, made from what the application checks with. */
export const publishedSchemas = (): Readonly<Record<string, string>> => ({
  'manifest.schema.json': schemaText('manifest.json', Manifest),
  'entry.schema.json': schemaText('a line of entries.ndjson', Entry),
  'receipt.schema.json': schemaText('receipt.json', Receipt),
  'wanted.schema.json': schemaText('wanted.json', Wanted),
  'kept.schema.json': schemaText('kept.json', Kept),
  'site.schema.json': schemaText('site.json', KitSite),
  'help-request.schema.json': schemaText('a help request', HelpRequest),
  'help-answer.schema.json': schemaText('the first line inside a help answer', HelpAnswer),
  'diagnosis.schema.json': schemaText('a diagnosis', DiagnosisReport),
  'kinds.json': kindsText(),
});

/** `node tests/vectors/schemas.ts` writes them anew, after a change of the format that is meant. */
if (import.meta.main)
  for (const [name, text] of Object.entries(publishedSchemas()))
    await writeFile(join(FORMAT_FOLDER, name), await format(text, { parser: 'json', printWidth: 120 }));
