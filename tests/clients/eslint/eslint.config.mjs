/**
 * @graphql-eslint over the published schema, and over the operations that this repository shows to its readers. Every
 * rule of the sets `schema-all`, `schema-relay` and `operations-recommended` is on, but those that are off here with
 * the reason beside them.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import graphql from '@graphql-eslint/eslint-plugin';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const SCHEMA = 'schema/graphql/schema.graphql';
/** The page is one client: its operations share fragments across files. */
const PAGE = 'web/src/**/*.graphql';
/** Each question is a client of its own: two may both have an operation `Evidence`, as two applications may. */
const QUESTIONS = ['tests/queries/worked', 'tests/queries/questions'];

const questions = QUESTIONS.flatMap((folder) =>
  readdirSync(join(repository, folder))
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => `${folder}/${name}`),
);
/** The examples, as compiled: what they ask stands in their code. */
const EXAMPLES = ['tests/clients/built/apollo/supporters.js', 'tests/clients/built/urql/supporters.js'];
const clients = [PAGE, ...EXAMPLES, ...questions].map((documents) => [
  documents,
  { schema: join(repository, SCHEMA), documents: relative(process.cwd(), join(repository, documents)) },
]);

const languageOptions = {
  parser: graphql.parser,
  parserOptions: { graphQLConfig: { projects: Object.fromEntries(clients) } },
};
const plugins = { '@graphql-eslint': graphql };
const rulesOf = (...sets) => Object.assign({}, ...sets.map((set) => graphql.configs[`flat/${set}`].rules));

export default [
  {
    files: [SCHEMA],
    plugins,
    languageOptions,
    rules: {
      ...rulesOf('schema-recommended', 'schema-all', 'schema-relay'),

      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          rootField: true,
          // The arguments of @include, @skip and @specifiedBy: GraphQL itself defines these directives, and the server
          // has none of its own.
          ignoredSelectors: ['[parent.type=DirectiveDefinition]'],
        },
      ],
      // Subscriptions are wanted: they tell of changes. Mutations there are none.
      '@graphql-eslint/no-root-type': ['error', { disallow: ['mutation'] }],
      '@graphql-eslint/relay-edge-types': [
        'error',
        {
          withEdgeSuffix: true,
          // Citations, gaps, components, communities and entries of a timeline are parts of an answer; nothing could be
          // asked of them by an id. `relay/nodes.test.ts` shows that all that has an id is a Node.
          shouldImplementNode: false,
          // `nodes` beside `edges` spares clients that need no cursor a level; and lists that are bounded (names,
          // identifiers, the two sides of a conflict) are plain lists, told whole.
          listTypeCanWrapOnlyEdgeType: false,
        },
      ],

      // What is computed for an answer (an assessment, a stance, a page) is nothing that lasts, so it has no identity that
      // an id could name.
      '@graphql-eslint/strict-id-in-types': 'off',
      // The schema is printed by the server: a description of one line in one pair of quotes, a longer one as a block.
      // They read the same for every tool.
      '@graphql-eslint/description-style': 'off',
      // It is in order, by the code points of the names; the rule wants another one, in which case does not count and `id`
      // comes first. `tests/it/schema.rs` keeps the order.
      '@graphql-eslint/alphabetize': 'off',
      // A list at the root may be empty and is never absent, so clients need not ask whether it is there. The rule would
      // let other root fields answer beside one that failed; but these fail for wrong arguments alone, which the client
      // has to mend in any case.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
      // `Topic.topics` is the field `topics` of the interface Entity, which every kind of entity has.
      '@graphql-eslint/no-typename-prefix': 'off',
    },
  },
  { files: EXAMPLES, plugins, processor: graphql.processor },
  {
    files: [PAGE, ...questions, ...EXAMPLES.map((example) => `${example}/*.graphql`)],
    plugins,
    languageOptions,
    rules: {
      ...rulesOf('operations-recommended'),

      // As deep as the server takes them: a graph is asked along its edges, and a statement's citation of a document lies
      // eight deep below the root.
      '@graphql-eslint/selection-set-depth': ['error', { maxDepth: 15 }],
    },
  },
  {
    files: [PAGE, ...questions],
    plugins,
    rules: {
      // The answers to questions are read by people, who would find an id beside every name in the way, and the page has
      // no cache that would need them. Applications with one select `id`, as the examples for Apollo Client and urql do.
      '@graphql-eslint/require-selections': 'off',
    },
  },
];
