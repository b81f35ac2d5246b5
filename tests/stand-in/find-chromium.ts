import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge'];
const windowsPlaces = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The program of an installed Chromium, Chrome or Edge (`LIJING_CHROMIUM` first); null where there is none. */
export function findChromium(): string | null {
  const { LIJING_CHROMIUM: named, PATH = '', ProgramFiles = '', LOCALAPPDATA = '' } = process.env;
  const roots = [ProgramFiles, process.env['ProgramFiles(x86)'] ?? '', LOCALAPPDATA].filter((root) => root !== '');
  const candidates = [
    ...(named ? [named] : []),
    ...PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    ...roots.flatMap((root) => windowsPlaces.map((place) => join(root, place))),
    chromium.executablePath(),
  ];
  return candidates.find(isProgram) ?? null;
}
