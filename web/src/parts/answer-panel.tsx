import { tryParseJSONC, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type ReactNode, useMemo } from 'react';

import { type Answer, isTold, lastAnswer } from '../answer/answer';
import { isEarlier } from '../answer/earlier';
import { type Identified, useIdentification } from '../answer/use-identified';
import { asksSomething } from '../question/open-question';
import { useStore } from '../store';
import { Empty, Panel, PanelNotice, Problem } from './panel';

/** A panel of the last answer: tells why there is nothing to show of it, or that it is that to an earlier question. */
export function AnswerPanel({
  title,
  unasked,
  whenEmpty,
  children,
}: {
  title: string;
  /** What is shown here once something is asked, in a sentence. */
  unasked: ReactNode;
  /** What else helps while there is no answer. */
  whenEmpty?: ReactNode;
  /** The panel itself. */
  children: (identified: Identified) => ReactNode;
}) {
  const answer = useStore(lastAnswer);
  const { identified, problem, retry } = useIdentification();
  return (
    <PanelNotice
      value={
        answer && (
          <>
            <Earlier answer={answer} />
            {identified?.isBare && (isTold(answer) ? <Told /> : <Problem>{BARE}</Problem>)}
          </>
        )
      }
    >
      {identified ? children(identified) : <Panel title={title}>{whyNothing()}</Panel>}
    </PanelNotice>
  );

  function whyNothing() {
    if (!answer?.data) {
      return (
        <>
          <Empty>
            {answer && 'The last operation gave no data. '}
            {unasked}
          </Empty>
          {whenEmpty}
        </>
      );
    }
    if (problem === null) {
      return <Empty>Reading the answer …</Empty>;
    }
    return <Unread problem={problem} retry={retry} />;
  }
}

/** Why nothing can be taken from the last answer, and another try. */
export function Unread({ problem, retry }: { problem: string; retry: () => void }) {
  return (
    <>
      <Problem>{problem}</Problem>
      <button type="button" className="panel-button" onClick={retry}>
        Try again
      </button>
    </>
  );
}

const BARE =
  'The question is so large that the server does not tell all that its answer rests on: of some of it, here is only what ' +
  'was asked for. Ask for less at once to see all.';

function Told() {
  return (
    <p className="panel-notice">
      What a subscription told last. It is shown as it came: select ids and names to see more of it.
    </p>
  );
}

/** Says so when the panel is not about what stands in the editor, which is what a link to this page asks. */
function Earlier({ answer }: { answer: Answer }) {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]);
  const isFetching = useGraphiQL(({ isFetching }) => isFetching);
  const { run, stop } = useGraphiQLActions();
  const ask = () => {
    // GraphiQL would only stop a subscription that still runs.
    stop();
    run();
  };
  const variables = useMemo(() => variablesIn(tab?.variables), [tab?.variables]);
  const query = tab?.query ?? '';
  const isShown = isEarlier(answer, { query, variables, operationName: tab?.operationName });
  return (
    <div className="panel-notice" role="status">
      {isShown && (
        <>
          Of an earlier question.
          {asksSomething(query) && (
            <button type="button" className="panel-button" disabled={isFetching} onClick={ask}>
              Ask what is in the editor
            </button>
          )}
        </>
      )}
    </div>
  );
}

/** `undefined` while they cannot be read. */
function variablesIn(text: string | null | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    return tryParseJSONC(text ?? '') ?? {};
  } catch {
    return undefined;
  }
}
