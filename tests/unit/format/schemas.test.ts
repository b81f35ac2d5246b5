import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMAT_FOLDER, publishedSchemas } from '../../vectors/schemas.ts';

test.for(Object.entries(publishedSchemas()))('%s says what the application checks', async ([name, schema]) => {
  const published: unknown = JSON.parse(await readFile(join(FORMAT_FOLDER, name), 'utf8'));
  expect(published).toEqual(JSON.parse(schema));
});
