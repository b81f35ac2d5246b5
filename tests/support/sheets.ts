import { parseSheets } from '../../electron/sheet/parse-sheets.ts';
import { readSheets } from '../../electron/sheet/read-sheets.ts';

/** The shell's reading of ledgers, without the process. */
export const sheetsOnTheSpot = { parseSheets: async (order: Parameters<typeof parseSheets>[0]) => parseSheets(order) };

/** What a ledger's file holds, or why it is refused. */
export const sheetsOf = (path: string) => readSheets(path, sheetsOnTheSpot);
