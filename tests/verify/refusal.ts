/** Why a package is refused: a code of section 9 of resources/format, and where. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, where = '') {
    super(where ? `${code} (${where})` : code);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Refuses unless it holds. */
export function must(holds: boolean, code: string, where?: string): asserts holds {
  if (!holds) throw new Refusal(code, where);
}
