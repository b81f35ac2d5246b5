import { useState } from 'react';

const key = (table: string): string => `columns.${table}`;

function readHidden(table: string): readonly string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(key(table)) ?? '[]');
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}

/** Ids of the columns this person put away; kept on this computer, and holds nothing but ids. */
export function useHiddenColumns(table: string): readonly [readonly string[], (ids: readonly string[]) => void] {
  const [hidden, setHidden] = useState(() => readHidden(table));
  const hide = (ids: readonly string[]): void => {
    setHidden(ids);
    localStorage.setItem(key(table), JSON.stringify(ids));
  };
  return [hidden, hide];
}
