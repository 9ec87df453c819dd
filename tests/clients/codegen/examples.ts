/** The types of the examples beside this folder: the operations that they hold in `graphql(...)`, by the client preset. */
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema/graphql/schema.graphql',
  documents: ['apollo/supporters.ts', 'urql/supporters.ts'],
  generates: {
    'codegen/generated/examples/': { preset: 'client' },
  },
  config: {
    // What the schema's own scalars are in JSON; without this they would be `any`.
    scalars: { PartialDate: 'string', DateTime: 'string' },
    useTypeImports: true,
  },
  importExtension: '.js',
};

export default config;
