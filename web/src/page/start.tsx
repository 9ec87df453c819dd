// The workers come first: the editor asks for them as soon as it is loaded.
import 'graphiql/setup-workers/vite';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import '../main.css';
import './shell.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { openingOf } from './opening';
import { Page } from './page';
import { kept } from './storage';

/** Puts the page into `root`, in the place of what `index.html` has there. */
export async function start(root: HTMLElement) {
  const opening = await openingOf(location.hash, kept);
  createRoot(root).render(
    <StrictMode>
      <Page opening={opening} />
    </StrictMode>,
  );
}
