import type { BrowserWindow } from 'electron';
import { localDay } from '../../shared/dates.ts';
import type { PrintedPage, ShellPort } from '../ipc/channel.ts';
import { shellTexts } from './texts.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${String(char.codePointAt(0))};`);

const line = (left: string, right: string): string =>
  `<div style="display:flex;justify-content:space-between;width:100%;margin:0 12mm;font:8pt 'Microsoft YaHei','Noto Sans CJK SC',sans-serif"><span>${left}</span><span>${right}</span></div>`;

/** What stands above and below every sheet: whose it is, how it is to be kept, who printed it when, and its number. */
export const sheetLines = ({ printingName, by, at }: PrintedPage) => ({
  headerTemplate: line(escaped(printingName), shellTexts.print.secret),
  footerTemplate: line(
    escaped(`${by}　${localDay(new Date(at))}　${shellTexts.print.printed}`),
    `<span class="pageNumber"></span> / <span class="totalPages"></span>`,
  ),
});

/** The page as its print style shows it, on A4. */
export const printer = (window: () => BrowserWindow): Pick<ShellPort, 'printPage'> => ({
  printPage: (page) =>
    window().webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      ...sheetLines(page),
      // Inches: room for the two lines, and for a binding.
      margins: { top: 0.7, bottom: 0.6, left: 0.7, right: 0.5 },
    }),
});
