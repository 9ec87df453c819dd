import { useEffect, useState } from 'react';

import { type Entity, entityOf, kindOf } from '../../answer/graph';
import { AllDocumentsDocument, NamesOfDocument } from '../../graphql.generated';
import { ask } from '../../server';
import { createStore, useStore } from '../../store';

/** Entities by their ids, as far as their names were asked for. */
const known = createStore<ReadonlyMap<string, Entity>>(new Map());

/** Keeps an entity whose name is known already. */
export function remember(entity: Entity) {
  known.set(new Map(known.get()).set(entity.id, entity));
}

/** Entities by their ids, so that they can be shown by name. Those of which nothing is known are told as such. */
export function useEntities(ids: readonly string[]): ReadonlyMap<string, Entity> {
  const entities = useStore(known);
  const missing = ids.filter((id) => !entities.has(id)).join(' ');
  useEffect(() => {
    if (missing === '') {
      return;
    }
    const abort = new AbortController();
    const wanted = missing.split(' ');
    ask(NamesOfDocument, { ids: wanted }, abort.signal).then(
      ({ nodes }) => {
        const found = wanted.map((id, i): [string, Entity] => {
          const node = nodes[i];
          return [id, node && 'name' in node ? entityOf(node) : unknown(id)];
        });
        known.set(new Map([...known.get(), ...found]));
      },
      () => {
        // The names are a help only: without them the ids are shown.
        if (!abort.signal.aborted) {
          known.set(new Map([...known.get(), ...wanted.map((id): [string, Entity] => [id, unnamed(id)])]));
        }
      },
    );
    return () => abort.abort();
  }, [missing]);
  return entities;
}

function unknown(id: string): Entity {
  return { id, kind: kindOf(id), name: `${id} (not in this graph)` };
}

function unnamed(id: string): Entity {
  return { id, kind: kindOf(id), name: id };
}

/** A document as it can be chosen. */
export interface DocumentName {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
}

let allDocuments: Promise<readonly DocumentName[]> | undefined;

/** The documents by title; empty until they are there. */
export function useDocuments(): readonly DocumentName[] {
  const [documents, setDocuments] = useState<readonly DocumentName[]>([]);
  useEffect(() => {
    let isWanted = true;
    allDocuments ??= ask(AllDocumentsDocument, {}).then(({ documents }) => documents.nodes);
    allDocuments.then(
      (found) => isWanted && setDocuments(found),
      () => {
        // Asked again next time.
        allDocuments = undefined;
      },
    );
    return () => {
      isWanted = false;
    };
  }, []);
  return documents;
}
