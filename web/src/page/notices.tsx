import { useEffect, useId, useRef } from 'react';

import { createStore, useStore } from '../store';
import './notices.css';

/** Something that the reader should know, told at the bottom of the page. */
export interface Notice {
  readonly text: string;
  /** An address to be copied by hand. */
  readonly link?: string;
  /** Whether it goes by itself: only what is no loss to miss. */
  readonly passes?: boolean;
}

const PASSES_AFTER_MS = 6_000;

const notice = createStore<Notice | null>(null);

/** Takes the place of the notice before. */
export function showNotice(next: Notice) {
  notice.set(next);
}

/** Where notices appear. Screen readers speak them. */
export function Notices() {
  const shown = useStore(notice);
  const linkField = useRef<HTMLInputElement>(null);
  const linkLabel = useId();

  useEffect(() => {
    if (shown?.link) {
      linkField.current?.select();
    }
    if (shown?.passes) {
      const timer = setTimeout(() => notice.set(null), PASSES_AFTER_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [shown]);

  return (
    <div className="notices" role="status">
      {shown && (
        <div className="notice">
          <p id={linkLabel}>{shown.text}</p>
          {shown.link && <input ref={linkField} readOnly value={shown.link} aria-labelledby={linkLabel} />}
          <button type="button" onClick={() => notice.set(null)}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
