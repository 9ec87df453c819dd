import type { Answer } from './answer';

/** What stands in the editor. */
export interface Edited {
  readonly query: string;
  /** `undefined` while they cannot be read. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly operationName: string | null | undefined;
}

/** Whether an answer is that to another question than what stands in the editor. */
export function isEarlier(answer: Answer, { query, variables, operationName }: Edited): boolean {
  const hasOther = (answer.operationName ?? operationName ?? null) !== (operationName ?? answer.operationName ?? null);
  return answer.query !== query || hasOther || JSON.stringify(answer.variables) !== JSON.stringify(variables);
}
