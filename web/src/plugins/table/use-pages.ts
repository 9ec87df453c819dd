import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { identified as identifiedDocument } from '../../answer/identified';
import type { Identified } from '../../answer/use-identified';
import { ask, ServerError } from '../../server';
import { isObject, type Json, type List, type ResponsePath, valueAt } from './lists';
import { type Paging, pagingOf } from './next-page';

/** The most that the server gives at once. */
const PAGE_MAX = 100;

/** More rows than these belong into a file, not onto a page. */
const LOADED_MAX = 2_000;

/** A part of a list, as it was answered. */
export interface Page {
  /** As the reader asked for it. */
  readonly data: Json;
  /** The same with what sources and pages need; see {@link Identified}. */
  readonly identified: Json;
  readonly path: ResponsePath;
}

/** All that is loaded of a list, and how to load more. */
export interface Pages {
  /** In the order of the list. */
  readonly pages: readonly Page[];
  /** How many items the list has; `null` when it does not say. */
  readonly total: number | null;
  /** Which way the rest lies; `null` when all is loaded. */
  readonly rest: Paging['direction'] | null;
  /** Why the rest cannot be asked for. */
  readonly refusal: string | null;
  readonly isLoading: boolean;
  readonly problem: { readonly message: string; readonly hasChanged: boolean } | null;
  /** Whether all of the rest may be loaded at once. */
  readonly canLoadAll: boolean;
  load(all: boolean): void;
  stop(): void;
}

interface Loaded {
  readonly of: Identified;
  readonly list: string;
  readonly added: readonly Page[];
  readonly isLoading: boolean;
  readonly problem: Pages['problem'];
}

const NOTHING: Pick<Loaded, 'added' | 'isLoading' | 'problem'> = { added: [], isLoading: false, problem: null };

/** The pages of a list: the one in the answer, and those that the reader adds. */
export function usePages(identified: Identified, list: List, schema: GraphQLSchema | null | undefined): Pages {
  const key = list.path.join('/');
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const { added, isLoading, problem } = loaded?.of === identified && loaded.list === key ? loaded : NOTHING;
  const abort = useRef<AbortController | null>(null);

  const first = useMemo(
    (): Page => ({ data: identified.answer.data ?? {}, identified: identified.data, path: list.path }),
    [identified, list],
  );
  const paging = useMemo(() => {
    if (!schema || !list.isConnection) {
      return null;
    }
    const { document, operationName, variables } = identified.answer;
    return pagingOf({ document, operationName, variables, data: identified.data, schema }, list.path);
  }, [identified, list, schema]);
  const direction = paging && 'direction' in paging ? paging.direction : 'forward';
  const pages = useMemo(
    () => (direction === 'forward' ? [first, ...added] : [...[...added].reverse(), first]),
    [first, added, direction],
  );
  const end = endOf(added.at(-1) ?? first, direction);

  const stop = useCallback(() => {
    abort.current?.abort();
    setLoaded((now) => now && { ...now, isLoading: false });
  }, []);

  // What was asked for another list or answer is not wanted any more, and who comes back to that list may ask again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect cleans up after the list and answer that it names
  useEffect(() => stop, [identified, key, stop]);

  async function load(all: boolean) {
    if (!paging || 'refusal' in paging || !schema || end.cursor === null) {
      return;
    }
    const controller = new AbortController();
    abort.current = controller;
    let known = added;
    const show = (isLoading: boolean, found: Loaded['problem'] = null) =>
      controller.signal.aborted || setLoaded({ of: identified, list: key, added: known, isLoading, problem: found });
    show(true);
    try {
      let cursor: string | null = end.cursor;
      do {
        const document = paging.page(cursor, all ? PAGE_MAX : undefined);
        const page = await askPage(document, identified, paging.path, schema, controller.signal);
        known = [...known, page];
        show(true);
        cursor = endOf(page, direction).cursor;
      } while (all && cursor !== null);
      show(false);
    } catch (reason) {
      show(false, problemOf(reason));
    }
  }

  const total = end.total ?? null;
  return {
    pages,
    total,
    rest: end.cursor === null ? null : direction,
    refusal: end.cursor !== null && paging && 'refusal' in paging ? paging.refusal : null,
    isLoading,
    problem,
    canLoadAll: total !== null && total <= LOADED_MAX,
    load,
    stop,
  };
}

/** The page as the reader would be answered, and as the panels need it. */
async function askPage(
  document: DocumentNode,
  { answer }: Identified,
  path: ResponsePath,
  schema: GraphQLSchema,
  signal: AbortSignal,
): Promise<Page> {
  const request = (asked: DocumentNode) =>
    ask(asked as TypedDocumentNode<Json, Json>, answer.variables, signal, answer.operationName);
  const [data, identified] = await Promise.all([request(document), request(identifiedDocument(document, schema))]);
  if (!isObject(valueAt(data, path)) || !isObject(valueAt(identified, path))) {
    throw new ServerError('What this list belongs to is gone.', ['SNAPSHOT_CHANGED']);
  }
  return { data, identified, path };
}

/** Where a list goes on after a page; the cursor is `null` at its end. */
function endOf({ identified, path }: Page, direction: Paging['direction']): { cursor: string | null; total?: number } {
  const connection = valueAt(identified, path);
  if (!isObject(connection)) {
    return { cursor: null };
  }
  const info = isObject(connection.pageInfo) ? connection.pageInfo : {};
  const [hasMore, cursor] =
    direction === 'forward' ? [info.hasNextPage, info.endCursor] : [info.hasPreviousPage, info.startCursor];
  return {
    cursor: hasMore === true && typeof cursor === 'string' ? cursor : null,
    ...(typeof connection.totalCount === 'number' && { total: connection.totalCount }),
  };
}

function problemOf(reason: unknown): Pages['problem'] {
  const codes = reason instanceof ServerError ? reason.codes : [];
  return {
    message: reason instanceof Error ? reason.message : String(reason),
    hasChanged: codes.includes('SNAPSHOT_CHANGED') || codes.includes('INVALID_CURSOR'),
  };
}
