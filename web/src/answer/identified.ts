import {
  type DocumentNode,
  doTypesOverlap,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
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

/** Fragments of ours that go into every selection set whose type may be the fragment's. */
const FRAGMENTS = [NamedFragmentDoc, ArrowFragmentDoc, SourceFragmentDoc].map(ownFragment);

/** Names of ours must not meet those of the reader's own fragments. */
const PREFIX = 'Grounds_';

/** How many of the statements behind a computed thing are asked for. */
const WHY_STATEMENTS = 50;

/** What is computed from few enough statements to draw them: not ranks or communities, which rest on whole graphs. */
const EXPLAINED = new Set(['StanceSummary', 'Conflict', 'Coalition', 'Agreement', 'Gap']);

/**
 * The same operation, which also asks what the things in its answer are: ids, kinds and names of entities, statements
 * with both their ends, citations with their documents, and the statements behind relations and computed things, whether
 * or not the reader asked for them.
 *
 * So a panel can find them in the answer by `__typename`, wherever they stand. All that the reader selected stays as it
 * is.
 */
export function identified(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  const extended = visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(node) {
          const type = types.getParentType();
          const added = type ? additions(type, schema, node) : [];
          return added.length > 0 ? { ...node, selections: [...node.selections, ...added] } : undefined;
        },
      },
    }),
  );
  return { ...extended, definitions: [...extended.definitions, ...FRAGMENTS] };
}

function additions(type: GraphQLCompositeType, schema: GraphQLSchema, node: SelectionSetNode): SelectionNode[] {
  const added: SelectionNode[] = FRAGMENTS.flatMap(({ name, typeCondition }) => {
    const condition = schema.getType(typeCondition.name.value);
    const mayBe = isCompositeType(condition) && doTypesOverlap(schema, type, condition);
    return mayBe ? [{ kind: Kind.FRAGMENT_SPREAD, name }] : [];
  });
  if (isObjectType(type)) {
    if (EXPLAINED.has(type.name)) {
      added.push(...selections(`grounds_why: why { statements(first: ${WHY_STATEMENTS}) { ...${PREFIX}Arrow } }`));
    }
    if (holdsStatements(type)) {
      added.push(...selections(`statements { ...${PREFIX}Arrow }`));
    }
    const edge = getNamedType(type.getFields().edges?.type);
    if (edge && type.getFields().pageInfo) {
      added.push(...selections('__typename pageInfo { hasNextPage endCursor }'));
      if (selects(node, 'nodes') && isObjectType(edge) && holdsStatements(edge)) {
        added.push(...selections(`edges { statements { ...${PREFIX}Arrow } }`));
      }
    }
  }
  return added;
}

/** Whether this is an edge of a relation, which carries the statements that it comes from. */
function holdsStatements(type: GraphQLCompositeType): boolean {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return 'cursor' in fields && 'statements' in fields;
}

function selects(node: SelectionSetNode, field: string): boolean {
  return node.selections.some((selection) => selection.kind === Kind.FIELD && selection.name.value === field);
}

function selections(text: string): readonly SelectionNode[] {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}

/** The fragment, and those in it, under names of ours. */
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
