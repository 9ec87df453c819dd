import {
  type DocumentNode,
  doTypesOverlap,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { ArrowFragmentDoc, NamedFragmentDoc, SourceFragmentDoc } from '../graphql.generated';
import { objectsIn } from './graph';

/** Names of ours must not meet those of the reader's own fragments. */
const PREFIX = 'Grounds_';

/** Fragments of ours that go into every selection set whose type may be the fragment's. */
const FRAGMENTS = [NamedFragmentDoc, ArrowFragmentDoc, SourceFragmentDoc].map(ownFragment);

/** How many of the statements behind a computed thing are asked for. */
export const WHY_STATEMENTS = 50;

/** Under this name an answer has what is behind a computed thing in it. */
const WHY = 'grounds_why';

/** What is computed from few enough statements to draw them: not ranks or communities, which rest on whole graphs. */
const EXPLAINED = new Set([
  'StanceSummary',
  'Standpoint',
  'Assessment',
  'Impact',
  'Conflict',
  'Coalition',
  'Agreement',
  'Gap',
]);

/**
 * The same operation, which also asks what the things in its answer are: ids, kinds and names of entities, statements
 * with both their ends, citations with their documents, what an event or notice is, totals and ends of pages, and the
 * statements behind relations and computed things, whether or not the reader asked for them.
 *
 * So a panel can find them in the answer, wherever they stand. All that the reader selected stays as it is.
 */
export function identified(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  const conditions = typeConditions(document);
  const extended = visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(node) {
          const type = types.getParentType();
          const hasInFragment = node.selections.some(
            (selection) =>
              selection.kind === Kind.FRAGMENT_SPREAD && conditions.get(selection.name.value) === type?.name,
          );
          const added = type && !hasInFragment ? additions(type, schema, node) : [];
          return added.length > 0 ? { ...node, selections: [...node.selections, ...added] } : undefined;
        },
      },
    }),
  );
  return { ...extended, definitions: [...extended.definitions, ...spreadIn(extended)] };
}

/** How many computed things in an identified answer rest on more statements than were asked for. */
export function countCutShort(data: unknown): number {
  let n = 0;
  for (const { [WHY]: why } of objectsIn(data)) {
    const { nStatements } = (why ?? {}) as { readonly nStatements?: number };
    n += nStatements !== undefined && nStatements > WHY_STATEMENTS ? 1 : 0;
  }
  return n;
}

/** The type of each fragment by its name. */
function typeConditions({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  return new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.typeCondition.name.value] as const]
        : [],
    ),
  );
}

function additions(type: GraphQLCompositeType, schema: GraphQLSchema, node: SelectionSetNode): SelectionNode[] {
  const added: SelectionNode[] = FRAGMENTS.flatMap(({ name, typeCondition }) => {
    const condition = schema.getType(typeCondition.name.value);
    const mayBe = isCompositeType(condition) && doTypesOverlap(schema, type, condition);
    return mayBe ? [{ kind: Kind.FRAGMENT_SPREAD, name }] : [];
  });
  if (!isObjectType(type)) {
    return added;
  }
  if (EXPLAINED.has(type.name)) {
    added.push(...selections(`${WHY}: why { nStatements statements(first: ${WHY_STATEMENTS}) { ...${PREFIX}Arrow } }`));
  }
  if (isDatedAct(type)) {
    added.push(...selections('__typename kind on'));
  }
  if (isRelation(type) && !selects(node, 'statements')) {
    added.push(...selections(`statements { ...${PREFIX}Arrow }`));
  }
  const edge = getNamedType(type.getFields().edges?.type);
  if (isObjectType(edge) && type.getFields().pageInfo) {
    added.push(...selections('totalCount pageInfo { hasNextPage endCursor hasPreviousPage startCursor }'));
    if (selects(node, 'nodes') && isRelation(edge)) {
      added.push(...selections(`edges { statements { ...${PREFIX}Arrow } }`));
    }
  }
  return added;
}

/** Whether the type is an event of a law or a notice on a study, which have citations of their own and no name. */
function isDatedAct(type: GraphQLCompositeType): boolean {
  const fields = isObjectType(type) ? type.getFields() : {};
  return 'citations' in fields && 'kind' in fields && 'on' in fields;
}

/** Whether the type is an edge of a relation, which carries the statements that it comes from. */
function isRelation(type: GraphQLCompositeType): boolean {
  const fields = isObjectType(type) ? type.getFields() : {};
  return 'cursor' in fields && 'statements' in fields;
}

function selects(node: SelectionSetNode, field: string): boolean {
  return node.selections.some((selection) => selection.kind === Kind.FIELD && selection.name.value === field);
}

function selections(text: string): readonly SelectionNode[] {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}

/** Those of our fragments that a document spreads, and those that these spread: an unused one would be an error. */
function spreadIn(document: DocumentNode): readonly FragmentDefinitionNode[] {
  const names = new Set<string>();
  const collect = (node: DocumentNode | FragmentDefinitionNode): void => {
    visit(node, {
      enter(spread) {
        if (spread.kind === Kind.FRAGMENT_SPREAD && !names.has(spread.name.value)) {
          names.add(spread.name.value);
          FRAGMENTS.filter(({ name }) => name.value === spread.name.value).forEach(collect);
        }
      },
    });
  };
  collect(document);
  return FRAGMENTS.filter(({ name }) => names.has(name.value));
}

/** The fragment that a document holds first, under a name of ours, as those that it spreads. */
function ownFragment(document: DocumentNode): FragmentDefinitionNode {
  const renamed = visit(document, {
    enter(node) {
      const isNamed = node.kind === Kind.FRAGMENT_DEFINITION || node.kind === Kind.FRAGMENT_SPREAD;
      return isNamed ? { ...node, name: { ...node.name, value: PREFIX + node.name.value } } : undefined;
    },
  });
  const [fragment] = renamed.definitions;
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) {
    throw new Error('a generated fragment document holds its fragment first');
  }
  return fragment;
}
