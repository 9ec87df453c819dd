import type { ReactNode } from 'react';

import './spoken.css';

/**
 * What is told to those who hear the page, whenever it changes. It has to be there before that: a line that comes with
 * its text is not read.
 */
export function Spoken({ children }: { children: ReactNode }) {
  return (
    <p className="spoken" role="status">
      {children}
    </p>
  );
}
