import { existsSync, readFileSync } from 'node:fs';

/** Youngest lines that are taken along. */
const MOST = 1_000;

/** `2026-11-24T01:00:00.000Z site.signIn TypeError CODE` */
const FAULT = /^\d{4}-\d\d-\d\dT[\d:.]+Z [a-z]+(\.[a-zA-Z]+)? \w+( \w+)?$/;
/** `    at async name (path:1:2)`; of the path only the file is kept, for it leads through somebody's folders. */
const PLACE = /^ {4}at ((?:async |new )?[\w.$<>#[\] ]{0,80}?)\(?(?:[^()]*[/\\])?([\w.-]{1,60}):(\d+):(\d+)\)?$/;
/** `    at name (<anonymous>)` and the like. */
const NOWHERE = /^ {4}at [\w.$<># ]{1,80} ?\((<anonymous>|native)\)$/;

/** The lines of the logs that tell of nobody, and how many others there were. */
export function faultLines(paths: readonly string[]): { readonly log: string[]; readonly linesLeftOut: number } {
  const lines = paths
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
    .filter((line) => line !== '');
  const told = lines.map(redacted);
  const log = told.filter((line) => line !== null);
  return { log: log.slice(-MOST), linesLeftOut: told.length - log.length };
}

function redacted(line: string): string | null {
  if (FAULT.test(line) || NOWHERE.test(line)) return line;
  const [, name = '', file, row, column] = PLACE.exec(line) ?? [];
  return file === undefined ? null : `    at ${name.trim()} (${file}:${row ?? ''}:${column ?? ''})`;
}
