import { type RefCallback, useCallback, useState } from 'react';

/** The height in pixels of an element, as the window leaves it; for tables that draw only what is seen. */
export function useRoom(): readonly [RefCallback<HTMLElement>, number] {
  const [height, setHeight] = useState(400);
  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setHeight(Math.floor(entry?.contentRect.height ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [watch, height];
}
