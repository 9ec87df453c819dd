import { useEffect } from 'react';

import { createStore, useStore } from '../store';
import './wide.css';

/** Whether panels take the width of the page, and the editors step aside. Stays from one panel to the next. */
const wide = createStore(false);

/** For a panel: as long as it is open, the page shows what it is set to. */
export function useWide(): [boolean, () => void] {
  const isWide = useStore(wide);
  useEffect(() => {
    document.body.classList.toggle('grounds-wide', isWide);
    return () => document.body.classList.remove('grounds-wide');
  }, [isWide]);
  return [isWide, () => wide.set(!wide.get())];
}
