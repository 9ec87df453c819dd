import {
  type ArgumentNode,
  type DocumentNode,
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

import { byRootField } from '../../answer/root-fields';
import { isObject, type Json, type ResponsePath, valueAt } from './lists';

/** How to go on with a connection of an answer. */
export interface Paging {
  /** Backward when it was asked for its `last` items: then pages come before the rows that are there. */
  readonly direction: 'forward' | 'backward';
  /** Where the connection stands in the answer to {@link page}. */
  readonly path: ResponsePath;
  /**
   * The operation that asks for the page after (or before) a cursor and for nothing else, of the size that the reader
   * asked for unless another is given.
   */
  page(cursor: string, size?: number): DocumentNode;
}

/** Why one cannot go on with a connection. */
export interface Refusal {
  readonly refusal: string;
}

/** A question, and its answer with the ids of what is in it. */
export interface Question {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Json;
  readonly data: Json;
  readonly schema: GraphQLSchema;
}

/**
 * How to ask for more of the connection that stands at a path of an answer.
 *
 * What leads to the connection is all that is asked again: through aliases and fragments, with its arguments, directives
 * and variables. Inside the items of a list that cannot be: a page there is one of an item, which is asked for by its id.
 */
export function pagingOf(question: Question, path: ResponsePath): Paging | Refusal {
  const { document, schema } = question;
  const operation = getOperationAST(document, question.operationName);
  const query = schema.getQueryType();
  if (!operation || !query) {
    return { refusal: 'The operation is not a query.' };
  }
  const whole: Place = { type: query, selectionSet: operation.selectionSet };
  const indices = path.flatMap((key, i) => (typeof key === 'number' ? [i] : []));
  const lastIndex = indices.at(-1);
  if (lastIndex === undefined) {
    return paging(question, operation, [whole], path as readonly string[], (selections) => selections, []);
  }

  // From the connection up to the item: the first thing that has an id.
  for (let length = path.length - 1; length > lastIndex; length -= 1) {
    const item = valueAt(question.data, path.slice(0, length));
    const places = placesAt(whole, keysOf(path.slice(0, length)), question).filter(({ type }) => isNode(type, schema));
    if (places.length > 0 && isObject(item) && typeof item.id === 'string') {
      const { id } = item;
      return paging(question, operation, places, keysOf(path.slice(length)), (found) => [nodeField(id, found)], [
        'node',
      ]);
    }
  }
  return {
    refusal:
      'This list is inside an item of another list that has no id of its own, so its next page cannot be asked for by ' +
      'itself. Ask for more at once with `first`, at most 100.',
  };
}

/** A part of the operation: what is selected of a type. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly selectionSet: SelectionSetNode;
}

function paging(
  question: Question,
  operation: OperationDefinitionNode,
  places: readonly Place[],
  keys: readonly string[],
  wrap: (selections: readonly SelectionNode[]) => readonly SelectionNode[],
  root: ResponsePath,
): Paging | Refusal {
  const fields = places.flatMap((place) => fieldsAt(place, keys, question));
  const field = fields[0];
  if (!field) {
    return { refusal: 'The operation does not tell how to ask for this list.' };
  }
  const direction = isGiven(field, 'last', question.variables) ? 'backward' : 'forward';
  return {
    direction,
    path: [...root, ...keys],
    page(cursor, size) {
      const change = (node: FieldNode) => goingOn(node, direction, cursor, size);
      const selections = places.flatMap(({ type, selectionSet }): SelectionNode[] => {
        const kept = leadingTo(selectionSet, keys, question, change);
        return root.length === 0 || kept.length === 0 ? kept : [inlineFragment(type.name, kept)];
      });
      return only(question.document, operation, wrap(selections));
    },
  };
}

/** The operation with these selections alone, and with the fragments and variables that they need. */
function only(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): DocumentNode {
  const [first, ...others] = selections;
  // A field of the root may be asked for in several places: together they are one fragment, so that none is lost.
  const one = first && others.length === 0 ? first : inlineFragment(undefined, selections);
  const narrowed = { ...operation, selectionSet: { ...operation.selectionSet, selections: [one] } };
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const [narrowest] = byRootField({ ...document, definitions: [narrowed, ...fragments] }, operation.name?.value);
  if (!narrowest) {
    throw new Error('an operation with one selection has one root field');
  }
  return narrowest;
}

/** The selections that lead to fields at response keys, and those fields changed. Fragments on the way are written out. */
function leadingTo(
  { selections }: SelectionSetNode,
  keys: readonly string[],
  question: Question,
  change: (field: FieldNode) => FieldNode,
): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      if (responseKey(selection) !== keys[0]) {
        return [];
      }
      if (keys.length === 1) {
        return [change(selection)];
      }
      const kept = selection.selectionSet ? leadingTo(selection.selectionSet, keys.slice(1), question, change) : [];
      return kept.length > 0 ? [{ ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: kept } }] : [];
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragmentNamed(selection.name.value, question) : selection;
    const kept = fragment ? leadingTo(fragment.selectionSet, keys, question, change) : [];
    if (kept.length === 0) {
      return [];
    }
    return [{ ...inlineFragment(fragment?.typeCondition?.name.value, kept), directives: selection.directives ?? [] }];
  });
}

/** What is selected at response keys below a place, fragment by fragment. */
function placesAt(place: Place, keys: readonly string[], question: Question): Place[] {
  const [key, ...rest] = keys;
  if (key === undefined) {
    return [place];
  }
  const { type, selectionSet } = place;
  return selectionSet.selections.flatMap((selection): Place[] => {
    if (selection.kind === Kind.FIELD) {
      const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      const inner = getNamedType(fields[selection.name.value]?.type);
      return responseKey(selection) === key && selection.selectionSet && isCompositeType(inner)
        ? placesAt({ type: inner, selectionSet: selection.selectionSet }, rest, question)
        : [];
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragmentNamed(selection.name.value, question) : selection;
    const condition = fragment?.typeCondition && question.schema.getType(fragment.typeCondition.name.value);
    const inner = isCompositeType(condition) ? condition : type;
    return fragment ? placesAt({ type: inner, selectionSet: fragment.selectionSet }, keys, question) : [];
  });
}

/** The fields at response keys below a place. There are several when fragments ask for the same field. */
function fieldsAt({ selectionSet }: Place, keys: readonly string[], question: Question): FieldNode[] {
  const fields: FieldNode[] = [];
  leadingTo(selectionSet, keys, question, (field) => {
    fields.push(field);
    return field;
  });
  return fields;
}

function goingOn(
  field: FieldNode,
  direction: Paging['direction'],
  cursor: string,
  size: number | undefined,
): FieldNode {
  const [from, count] = direction === 'forward' ? ['after', 'first'] : ['before', 'last'];
  const replaced = new Map<string, ValueNode>([[from, { kind: Kind.STRING, value: cursor }]]);
  if (size !== undefined) {
    replaced.set(count, { kind: Kind.INT, value: String(size) });
  }
  const kept = (field.arguments ?? []).filter(({ name }) => !replaced.has(name.value));
  const added = [...replaced].map(
    ([name, value]): ArgumentNode => ({ kind: Kind.ARGUMENT, name: nameOf(name), value }),
  );
  return { ...field, arguments: [...kept, ...added] };
}

/** Whether an argument has a value other than null, written out or by its variable. */
function isGiven(field: FieldNode, argument: string, variables: Json): boolean {
  const value = field.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind === Kind.VARIABLE) {
    return variables[value.name.value] !== undefined && variables[value.name.value] !== null;
  }
  return value !== undefined && value.kind !== Kind.NULL;
}

function isNode(type: GraphQLCompositeType, schema: GraphQLSchema): boolean {
  const node = schema.getType('Node');
  return isCompositeType(node) && doTypesOverlap(schema, type, node);
}

function nodeField(id: string, selections: readonly SelectionNode[]): FieldNode {
  return {
    kind: Kind.FIELD,
    name: nameOf('node'),
    arguments: [{ kind: Kind.ARGUMENT, name: nameOf('id'), value: { kind: Kind.STRING, value: id } }],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

function inlineFragment(type: string | undefined, selections: readonly SelectionNode[]): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(type !== undefined && { typeCondition: { kind: Kind.NAMED_TYPE, name: nameOf(type) } as const }),
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

function fragmentNamed(name: string, { document }: Question): FragmentDefinitionNode | undefined {
  return document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function keysOf(path: ResponsePath): string[] {
  return path.filter((key) => typeof key === 'string');
}

function nameOf(value: string) {
  return { kind: Kind.NAME, value } as const;
}
