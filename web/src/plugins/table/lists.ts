/** Keys and indices that lead from the data of an answer to a part of it. */
export type ResponsePath = readonly (string | number)[];

/** An object of an answer, as JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A list in an answer that can be shown as a table. */
export interface List {
  readonly path: ResponsePath;
  /** Where it stands, for people: `law › supporters`. */
  readonly name: string;
  /** Whether it comes in pages. */
  readonly isConnection: boolean;
}

/** More lists than these are no choice for a person. */
export const LISTS_MAX = 200;

/**
 * The lists in an answer: connections first, then plain lists of objects; each in the order of the answer, and what lies
 * inside the items of another list after all that does not.
 *
 * A connection is known by its `edges` or `nodes`. Plain lists inside items are cells of their row, and no tables.
 */
export function listsIn(data: Json): List[] {
  const outer: List[] = [];
  const plain: List[] = [];
  const inner: List[] = [];
  walk(data, [], [], false);
  return [...outer, ...plain, ...inner].slice(0, LISTS_MAX);

  function walk(value: unknown, path: ResponsePath, names: readonly string[], isInItem: boolean) {
    const name = names.join(' › ');
    if (isObject(value)) {
      const isConnection = path.length > 0 && connectionKeys(value).length > 0;
      if (isConnection && rowsOf(value).length > 0) {
        (isInItem ? inner : outer).push({ path, name, isConnection });
      }
      for (const [key, child] of Object.entries(value)) {
        const isPart = (isConnection && CONNECTION_KEYS.has(key)) || (isInItem && key === 'node');
        walk(child, [...path, key], isPart ? names : [...names, key], isInItem);
      }
    } else if (Array.isArray(value)) {
      const isOfConnection = CONNECTION_KEYS.has(String(path.at(-1))) && path.length > 1;
      if (!isOfConnection && !isInItem && value.some(isObject)) {
        plain.push({ path, name, isConnection: false });
      }
      for (const [i, item] of value.entries()) {
        walk(item, [...path, i], [...names, titleOf(item) ?? `${i + 1}`], true);
      }
    }
  }
}

const CONNECTION_KEYS: ReadonlySet<string> = new Set(['edges', 'nodes']);

function connectionKeys(value: Json): string[] {
  return [...CONNECTION_KEYS].filter((key) => Array.isArray(value[key]));
}

/** What is found at a path. */
export function valueAt(data: unknown, path: ResponsePath): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    data,
  );
}

/**
 * The rows of a list: for a connection the fields of each node, and beside them those of its edge.
 *
 * A field of the edge whose name the node has too is called `edge › …`.
 */
export function rowsOf(list: unknown): Json[] {
  return partsOf(list).map(({ node, edge }) => {
    const row: Record<string, unknown> = { ...node };
    for (const [key, value] of Object.entries(edge)) {
      if (key !== 'node') {
        row[key in row ? `edge › ${key}` : key] = value;
      }
    }
    return row;
  });
}

/** The items of a list with what their connection tells of each. */
export function partsOf(list: unknown): { node: Json; edge: Json }[] {
  if (Array.isArray(list)) {
    return list.filter(isObject).map((node) => ({ node, edge: {} }));
  }
  if (!isObject(list)) {
    return [];
  }
  const [edges, nodes] = [list.edges, list.nodes].map((part) => (Array.isArray(part) ? part : []));
  return Array.from({ length: Math.max(edges?.length ?? 0, nodes?.length ?? 0) }, (_, i) => {
    const edge = asObject(edges?.[i]);
    return { node: { ...asObject(edge.node), ...asObject(nodes?.[i]) }, edge };
  });
}

/** What a reader calls an object: its name, title and the like, if it has any. */
export function titleOf(item: unknown): string | undefined {
  if (!isObject(item)) {
    return undefined;
  }
  const own = ['name', 'title', 'label', 'wording'].map((key) => item[key]).find((value) => typeof value === 'string');
  return (own as string | undefined) ?? titleOf(item.node);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}
