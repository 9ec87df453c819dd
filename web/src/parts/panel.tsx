import type { ReactNode } from 'react';

import './panel.css';

/** What every panel looks like: a heading, its buttons, and below them what it shows. */
export function Panel({
  title,
  actions,
  children,
}: {
  title: string;
  /** Buttons and the like, beside the heading. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      <header className="panel-header">
        <h2>{title}</h2>
        {actions && <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-content">{children}</div>
    </section>
  );
}

/** Why there is nothing to see, and what would change that. */
export function Empty({ children }: { children: ReactNode }) {
  return (
    <p className="panel-empty" role="status">
      {children}
    </p>
  );
}

/** What went wrong, in the server's words or ours. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <p className="panel-problem" role="alert">
      {children}
    </p>
  );
}
