/** A size for people: `3.4 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const size = bytes / 1024 ** power;
  return `${power === 0 ? String(size) : size.toFixed(1)} ${units[power] ?? ''}`;
}

/** An instant as this computer's clock shows it: `2026-11-24 09:30`. */
export function instantText(instant: string | null): string {
  if (instant === null) return '—';
  const at = new Date(instant);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Enough of a digest to compare two papers by eye: four groups of four. */
export const shortCheck = (sha256: string): string => sha256.slice(0, 16).replace(/(.{4})(?!$)/g, '$1 ');
