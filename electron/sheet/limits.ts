/** What a ledger of a county's stations never reaches; beyond, a file is refused before it can do harm. */
export const sheetLimits = {
  fileBytes: 20 * 1024 * 1024,
  /** All parts of an xlsx together, unpacked. */
  unpackedBytes: 200 * 1024 * 1024,
  parts: 2_000,
  rows: 20_000,
  columns: 200,
  /** Characters of one cell, Excel's own limit. */
  cellChars: 32_767,
} as const;
