import { type RefObject, useEffect, useRef } from 'react';

/**
 * The focus stays in the picture when that goes on which it was: a button of a card whose entity is hidden, say. Else the
 * keys for undoing that would reach nobody.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>) {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    if (document.activeElement === document.body && last.current && !last.current.isConnected) {
      root.current?.focus({ preventScroll: true });
    }
    last.current = root.current?.contains(document.activeElement) ? document.activeElement : null;
  });
  useEffect(() => {
    const element = root.current;
    const note = ({ target }: FocusEvent) => {
      last.current = target as Element;
    };
    element?.addEventListener('focusin', note);
    return () => element?.removeEventListener('focusin', note);
  }, [root]);
}
