import { type ProblemCode, ProblemError } from '../../shared/problem.ts';

/** SQLite's result codes that a person can do something about, by their primary name. */
const codeOf: readonly (readonly [prefix: string, code: ProblemCode])[] = [
  ['SQLITE_FULL', 'disk.full'],
  ['SQLITE_READONLY', 'disk.read-only'],
  ['SQLITE_IOERR', 'disk.failing'],
  ['SQLITE_CORRUPT', 'database.damaged'],
  ['SQLITE_NOTADB', 'database.damaged'],
  ['SQLITE_BUSY', 'request.busy'],
];

/** The database's refusal as a problem; anything else stays what it is. */
export function asDatabaseProblem(error: unknown): unknown {
  const name = error instanceof Error && 'code' in error ? String(error.code) : '';
  const code = codeOf.find(([prefix]) => name.startsWith(prefix))?.[1];
  return code ? new ProblemError(code, { sqlite: name }, { cause: error }) : error;
}
