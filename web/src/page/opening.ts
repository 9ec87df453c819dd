import type { StorageAPI } from '@graphiql/toolkit';
import { Kind, OperationTypeNode, parse } from 'graphql';

import firstQuestion from '../../../tests/queries/worked/8-who-is-for-a-bill-on-a-day.graphql?raw';
import { panelStates } from '../question/panel-state';
import { type Address, addressFrom } from './address';
import { showNotice } from './notices';
import { DamagedLink, type Permalink, readHash } from './permalink';

/** What the page opens with. Nothing of it: the tabs that the visitor left. */
export interface Opening {
  readonly question: { readonly query: string; readonly variables: string } | null;
  readonly operationName: string | null;
  /** Whether the question is asked at once. */
  readonly runs: boolean;
  /** Where it came from, and where the page tells what it shows from then on. */
  readonly address: Address;
}

const AS_LEFT = { question: null, operationName: null, runs: false };

/** As the Questions panel would put it into the editor, so that it gives way to the next question asked there. */
const FIRST_QUESTION = firstQuestion.replace(/^# Theme: .*\n/m, '');

/** The shares of a row that its first part has, as GraphiQL keeps them. */
const PANEL_SHARE_KEY = 'docExplorerFlex';

/**
 * What stands in the address; without that, a question that shows what this is about to whoever is here for the first
 * time.
 *
 * GraphiQL takes which panel is open from its storage only, so this puts it there.
 */
export async function openingOf(hash: string, storage: StorageAPI): Promise<Opening> {
  if (!storage.get(PANEL_SHARE_KEY)) {
    storage.set(PANEL_SHARE_KEY, '1');
  }
  const address = addressFrom(hash);
  const link = await linkIn(hash);
  if (link) {
    storage.set('visiblePlugin', link.panel ?? '');
    panelStates.set(link.panelStates);
    return { question: link, operationName: link.operationName, runs: mayRun(link), address };
  }
  if (!storage.get('tabState')) {
    storage.set('visiblePlugin', 'Picture');
    return { question: { query: FIRST_QUESTION, variables: '' }, operationName: null, runs: true, address };
  }
  return { ...AS_LEFT, address };
}

/** `null` when there is none; that one is damaged is told to the reader. */
export async function linkIn(hash: string): Promise<Permalink | null> {
  if (hash === '' || hash === '#') {
    return null;
  }
  try {
    return await readHash(hash);
  } catch (problem) {
    if (!(problem instanceof DamagedLink)) {
      throw problem;
    }
    showNotice({ text: 'The link is incomplete, so its question cannot be opened. Ask for it to be sent once more.' });
    return null;
  }
}

/**
 * Whether opening a link may ask its question by itself: only when that changes nothing. A link may come from anybody.
 */
export function mayRun({ query, operationName }: Pick<Permalink, 'query' | 'operationName'>): boolean {
  try {
    const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const asked = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return asked?.operation === OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}
