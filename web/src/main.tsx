// The workers come first: the editor asks for them as soon as it is loaded.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './main.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Page } from './page/page';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root"');
}

createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
