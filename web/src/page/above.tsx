import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type MouseEvent, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';

import './above.css';
import { focusPanel } from './keyboard';
import { kept } from './storage';

const IS_READ_KEY = 'introIsRead';

/** What stands above GraphiQL: ways past it for the keyboard, and one line on what this is. */
export function Above() {
  const place = document.getElementById('above');
  // The line of `index.html`, which was there before any script, gives way to the same one with buttons.
  useLayoutEffect(() => place?.querySelector('.intro-first')?.remove(), [place]);
  return (
    place &&
    createPortal(
      <>
        <SkipLinks />
        <Intro />
      </>,
      place,
    )
  );
}

function SkipLinks() {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const responseEditor = useGraphiQL(({ responseEditor }) => responseEditor);
  const panel = useGraphiQL(({ visiblePlugin }) => visiblePlugin?.title ?? null);
  return (
    <nav className="skip-links" aria-label="Skip">
      <button type="button" onClick={() => queryEditor?.focus()}>
        Skip to the editor <small>(Escape leaves it; Ctrl+M lets Tab leave it)</small>
      </button>
      <button type="button" onClick={() => responseEditor?.getContainerDomNode().focus()}>
        Skip to the answer
      </button>
      {panel && (
        <button type="button" onClick={focusPanel}>
          Skip to the panel “{panel}”
        </button>
      )}
    </nav>
  );
}

function Intro() {
  const [isRead, setIsRead] = useState(() => kept.get(IS_READ_KEY) !== null);
  const { setVisiblePlugin } = useGraphiQLActions();
  const showQuestions = (event: MouseEvent) => {
    setVisiblePlugin('Questions');
    if (event.detail === 0) {
      focusPanel();
    }
  };
  if (isRead) {
    return <h1 className="visually-hidden">Grounds</h1>;
  }
  return (
    <div className="intro">
      <h1>Grounds</h1>
      <p>
        Who stands where on a law, and on what grounds? Ask in GraphQL; see the answer as a picture, with its sources.
      </p>
      <button type="button" onClick={showQuestions}>
        More questions
      </button>
      <button
        type="button"
        className="intro-dismiss"
        aria-label="Dismiss this introduction"
        onClick={() => {
          kept.set(IS_READ_KEY, 'true');
          setIsRead(true);
        }}
      >
        ✕
      </button>
    </div>
  );
}
