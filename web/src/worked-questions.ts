/**
 * The questions that GraphiQL opens with, in the order of their file names.
 *
 * They are the operations that the server's own tests run, read from the same files: what the page shows is what is
 * known to work. GraphiQL names a tab after its operation.
 */
const files = import.meta.glob<string>('../../tests/queries/worked/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

// Numbers in file names count as numbers, so that 10 comes after 9.
const byFileName = new Intl.Collator('en', { numeric: true });

export const workedQuestions = Object.entries(files)
  .sort(([a], [b]) => byFileName.compare(a, b))
  .map(([, query]) => ({ query }));
