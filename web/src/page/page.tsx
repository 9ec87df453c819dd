import { createGraphiQLFetcher, createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';

import { remembering } from '../answer/answer';
import { GRAPHQL_URL } from '../server';
import { plugins } from './plugins';

// The server knows neither @defer nor @stream. Ready for them, GraphiQL would be given a stream of parts, and an answer
// could not be remembered as one.
const fetcher = remembering(createGraphiQLFetcher({ url: GRAPHQL_URL, enableIncrementalDelivery: false }));

// Every GraphiQL on the same host and port shares one local storage. With a name of our own, the tabs of another
// project that once ran on this port do not hide ours, nor ours its tabs.
const storage = createLocalStorage({ namespace: 'grounds' });

export function Page() {
  return (
    <GraphiQL fetcher={fetcher} storage={storage} plugins={plugins} inputValueDeprecation>
      <GraphiQL.Logo>Grounds</GraphiQL.Logo>
    </GraphiQL>
  );
}
