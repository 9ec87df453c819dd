import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type DocumentNode, Kind, parse } from 'graphql';

/** An operation as it stands in GraphiQL's editors. */
export interface Question {
  readonly query: string;
  /** Their values, or what stands in the editor for them. */
  readonly variables: Readonly<Record<string, unknown>> | string;
  /** Which of several operations is meant; the first when absent. */
  readonly operationName?: string | null;
}

interface Way {
  /** Whether it is asked at once. */
  readonly run: boolean;
  /** Whether the query of the current tab may give way; otherwise it is kept, and the question gets a tab of its own. */
  readonly mayReplace?: (query: string) => boolean;
}

/**
 * Puts a question into GraphiQL's editors, as a person would. A tab in which nothing is asked is used in any case.
 *
 * `null` until the editors are there.
 */
export function useOpenQuestion(): ((question: Question, way: Way) => void) | null {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor);
  const responseEditor = useGraphiQL(({ responseEditor }) => responseEditor);
  const { addTab, run, setOperationFacts, stop, updateActiveTabValues } = useGraphiQLActions();

  if (!queryEditor || !variableEditor || !responseEditor) {
    return null;
  }
  return ({ query, variables, operationName }, way) => {
    stop();
    const current = queryEditor.getValue();
    if (asksSomething(current) && !way.mayReplace?.(current)) {
      addTab();
    }
    const facts = factsOf(query, operationName);
    const tab = {
      query,
      variables: variablesText(variables),
      operationName: facts?.operationName ?? null,
      response: null,
    };
    queryEditor.setValue(tab.query);
    variableEditor.setValue(tab.variables);
    responseEditor.setValue('');
    updateActiveTabValues(tab);
    // The editor reads its operations a moment after it was filled. Whoever runs it before would send the name of the
    // operation that stood there before.
    if (facts) {
      // GraphiQL's type forgets that an operation without a name has to take away the former name.
      setOperationFacts(facts as Parameters<typeof setOperationFacts>[0]);
    }
    if (tab.variables !== '') {
      showVariables();
    }
    if (way.run) {
      run();
    }
  };
}

/** Unfolds the variables, so that the values are seen with which it is asked. GraphiQL has no action for that. */
function showVariables() {
  document.querySelector<HTMLElement>('.graphiql-editor-tools [data-name="variables"]:not(.active)')?.click();
}

/** Whether there is more than comments, which is all that stands in a new tab of GraphiQL. */
export function asksSomething(query: string): boolean {
  return query.split('\n').some((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
}

/** As an analyst would write them: nothing at all when there are none. */
export function variablesText(variables: Question['variables']): string {
  if (typeof variables === 'string') {
    return variables;
  }
  return Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '';
}

function factsOf(query: string, operationName: string | null | undefined) {
  let documentAST: DocumentNode;
  try {
    documentAST = parse(query);
  } catch {
    return null;
  }
  const operations = documentAST.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const meant = operations.find(({ name }) => name && name.value === operationName) ?? operations[0];
  return { documentAST, operations, operationName: meant?.name?.value };
}
