import { createContext, type ReactNode, use } from 'react';

import './panel.css';
import { useWide } from './wide';

/** What is to be said above the content of the panel that stands in it. */
export const PanelNotice = createContext<ReactNode>(null);

/** What every panel looks like: a heading, its buttons, and below them what it shows. It can be as wide as the page. */
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
  const [isWide, toggleWide] = useWide();
  const notice = use(PanelNotice);
  return (
    <section className="panel" aria-label={title}>
      <header className="panel-header">
        <h2>{title}</h2>
        <div className="panel-actions">
          {actions}
          <button
            type="button"
            className="panel-button"
            aria-pressed={isWide}
            title="Gives the panel the width of the page"
            onClick={toggleWide}
          >
            Wide
          </button>
        </div>
      </header>
      {notice}
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
