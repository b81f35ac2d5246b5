import fc from 'fast-check';
import { z } from 'zod';

type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};

/**
 * Values that the schema takes, mostly; what only a refinement knows may still be refused. Ids are made up, or one of
 * those that are known when the value is made: what is done to a record is reached only by its id.
 */
export const inputsOf = (schema: z.ZodType, known: () => readonly string[] = () => []): fc.Arbitrary<unknown> =>
  valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known);

/** Names, texts that break parsers, and what somebody pastes by mistake. */
const texts = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('王志强', "'; DROP TABLE entry; --", '=1+1', '%_', '\u0000', '𠮷', '2026-02-30', '../../x', '"', '*'),
);

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc.constantFrom('2026-11-24', '2024-02-29', '1999-12-31', '2031-01-01'),
  'date-time': fc.constantFrom('2026-11-24T01:00:00.000Z', '1999-01-01T00:00:00.000Z'),
};

type Known = () => readonly string[];

const ids = (known: Known): fc.Arbitrary<string> =>
  fc.tuple(fc.uuid({ version: 4 }), fc.nat()).map(([made, n]) => {
    const there = known();
    return n % 5 === 0 ? made : (there[n % there.length] ?? made);
  });

function valuesOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const inner = (one: Schema): fc.Arbitrary<unknown> => valuesOf(one, known);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(inner));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer(range(schema));
    case 'number':
      return fc.double({ ...range(schema), noNaN: true });
    case 'string':
      return schema.format === 'uuid' ? ids(known) : stringsOf(schema);
    case 'array':
      return arraysOf(schema, inner);
    case 'object':
      return objectsOf(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const range = ({ minimum = -1_000, maximum = 1_000 }: Schema) => ({
  min: Math.max(minimum, -1e6),
  max: Math.max(Math.max(minimum, -1e6), Math.min(maximum, 1e6)),
});

function stringsOf({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  const known = format === undefined ? undefined : formats[format];
  if (known) return known;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return texts.map((text) => text.padEnd(minLength, '甲').slice(0, maxLength));
}

type Inner = (schema: Schema) => fc.Arbitrary<unknown>;

function arraysOf({ items, prefixItems, minItems = 0, maxItems = 4 }: Schema, inner: Inner): fc.Arbitrary<unknown> {
  if (prefixItems) return fc.tuple(...prefixItems.map(inner));
  return fc.array(inner(items ?? {}), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) });
}

function objectsOf(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  inner: Inner,
): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === 'object')
    return fc.dictionary(
      propertyNames ? (inner(propertyNames) as fc.Arbitrary<string>) : fc.string({ maxLength: 8 }),
      inner(additionalProperties),
      {
        maxKeys: 4,
      },
    );
  return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)])), {
    requiredKeys: [...required],
  });
}
