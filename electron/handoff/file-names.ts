type Package = { readonly kind: 'report' | 'return' | 'kit'; readonly station: string; readonly number: number | null };

/** A package's file; ASCII only, so that the name survives every stick and code page. */
export const packageName = ({ kind, station, number }: Package): string =>
  `${[kind, station, ...(number === null ? [] : [String(number).padStart(4, '0')])].join('-')}.lijing`;
