import { ordered, readQuestion } from './question';

/** The golden queries that are asked of the built-in corpora; the server's tests hold their answers. */
const files = import.meta.glob<string>('../../../../tests/queries/{worked,questions}/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** All questions, in the order of their list. */
export const questions = ordered(Object.entries(files).map(([path, text]) => readQuestion(path, text)));
