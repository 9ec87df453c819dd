/**
 * Small on purpose: nothing that takes time to load stands between `index.html` and its first paint.
 */
const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root"');
}

// As GraphiQL keeps it, so that who chose a theme is not shown the system's first.
try {
  const theme = localStorage.getItem('grounds:graphiql:theme');
  if (theme === 'light' || theme === 'dark') {
    document.body.classList.add(`graphiql-${theme}`);
  }
} catch {
  // A browser may be told to keep nothing.
}

import('./page/start').then(
  ({ start }) => start(root),
  () => {
    root.textContent = 'The page could not be loaded. Reload it to try once more.';
  },
);
