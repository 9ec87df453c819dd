import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';

/**
 * One document for each root field of an operation, with the fragments and variables that it needs: the same questions,
 * asked one by one.
 */
export function byRootField(document: DocumentNode, operationName: string | undefined): DocumentNode[] {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => !operationName || name?.value === operationName);
  return (operation?.selectionSet.selections ?? []).map((selection) => only(document, operation, selection));
}

function only(
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  selection: SelectionNode,
): DocumentNode {
  const { fragments, variables } = neededBy(selection, document);
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...(operation as OperationDefinitionNode),
        variableDefinitions:
          operation?.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value)) ?? [],
        selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
      },
      ...fragments,
    ],
  };
}

function neededBy(selection: SelectionNode, document: DocumentNode) {
  const named = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const fragments = new Set<FragmentDefinitionNode>();
  const variables = new Set<string>();
  const collect = (node: SelectionNode | FragmentDefinitionNode): void => {
    visit(node, {
      enter(inner) {
        if (inner.kind === Kind.VARIABLE) {
          variables.add(inner.name.value);
        } else if (inner.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = named.get(inner.name.value);
          if (fragment && !fragments.has(fragment)) {
            fragments.add(fragment);
            collect(fragment);
          }
        }
      },
    });
  };
  collect(selection);
  return { fragments, variables };
}
