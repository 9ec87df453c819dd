import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';

import { remembering } from '../answer/answer';
import { rightlyNamed } from '../answer/operation-name';
import { GRAPHQL_URL } from '../server';
import { Above } from './above';
import { EditorTheme } from './editor-theme';
import { Keyboard } from './keyboard';
import { Notices } from './notices';
import type { Opening } from './opening';
import { CopyLinkButton, Permalinks } from './permalinks';
import { plugins } from './plugins';
import { storage } from './storage';
import { connectTo, socketAddress, subscribing } from './subscriptions';

// The server knows neither @defer nor @stream. Ready for them, GraphiQL would be given a stream of parts, and an answer
// could not be remembered as one.
const overHttp = createGraphiQLFetcher({ url: GRAPHQL_URL, enableIncrementalDelivery: false });
const fetcher = rightlyNamed(remembering(subscribing(overHttp, connectTo(socketAddress(GRAPHQL_URL, location.href)))));

export function Page({ opening }: { opening: Opening }) {
  // GraphiQL opens a question of ours in a tab of its own, or in the tab that holds it already.
  const question = opening.question && {
    initialQuery: opening.question.query,
    initialVariables: opening.question.variables,
  };
  return (
    <GraphiQL fetcher={fetcher} storage={storage} plugins={plugins} inputValueDeprecation {...question}>
      <GraphiQL.Logo>Grounds</GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLinkButton />
          </>
        )}
      </GraphiQL.Toolbar>
      <Above />
      <Notices />
      <Keyboard />
      <EditorTheme />
      <Permalinks opening={opening} />
    </GraphiQL>
  );
}
