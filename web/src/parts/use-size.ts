import { useEffect, useState } from 'react';

const UNKNOWN = { width: 0, height: 0 };

/** How large an element is inside, in whole pixels; 0 before it is known. */
export function useSize(element: HTMLElement | null): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState(UNKNOWN);
  useEffect(() => {
    if (!element) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry) {
        const { width, height } = entry.contentRect;
        setSize({ width: Math.floor(width), height: Math.floor(height) });
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
