// The workers come first: the editor asks for them as soon as it is loaded.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './main.css';

import { createGraphiQLFetcher, createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { workedQuestions } from './worked-questions';

const fetcher = createGraphiQLFetcher({ url: '/graphql' });

// Every GraphiQL on the same host and port shares one local storage. With a name of our own, the tabs of another
// project that once ran on this port do not hide the worked questions, nor ours its tabs.
const storage = createLocalStorage({ namespace: 'grounds' });

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root"');
}

// `defaultTabs` is for a first visit only: GraphiQL keeps the visitor's own tabs in the storage and prefers those.
createRoot(root).render(
  <StrictMode>
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      defaultTabs={workedQuestions}
      inputValueDeprecation
    >
      <GraphiQL.Logo>Grounds</GraphiQL.Logo>
    </GraphiQL>
  </StrictMode>,
);
