/**
 * What a Relay application would write for each connection of the schema: a fragment that pages through it with
 * `@connection`. Written from the schema, so that a connection that is added is tried without anyone thinking of it.
 */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

type Parent = GraphQLObjectType | GraphQLInterfaceType;

export type Connection = {
  parent: Parent;
  field: GraphQLField<unknown, unknown>;
  /** Whether Relay can ask for further pages by itself: at the root, or by the parent's `id`. */
  isRefetchable: boolean;
  /** The arguments without which the connection cannot be asked for. */
  required: readonly GraphQLArgument[];
  /** The operation that asks for a page. */
  operation: string;
  /** The fields from the root to the parent, where it has no `id`. */
  path: readonly GraphQLField<unknown, unknown>[];
};

/** Relay wants names to begin with the module's. */
const MODULE = 'Connections';

/** Every field of every object and interface that is a connection, by parent and name. */
export function connections(schema: GraphQLSchema): Connection[] {
  const node = schema.getType('Node');
  const parents = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return parents.flatMap((parent) =>
    Object.values(parent.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .map((field) => {
        const isRoot = parent === schema.getQueryType();
        const isRefetchable = isRoot || parent.getInterfaces().some((type) => type === node);
        const path = isRefetchable ? [] : pathTo(schema, parent);
        const operation = `${MODULE}${parent.name}${capitalized(field.name)}Query`;
        return { parent, field, isRefetchable, required: field.args.filter(isRequiredArgument), operation, path };
      }),
  );
}

/** The module that a Relay application would have: its fragments, and operations for those that cannot refetch. */
export function relayModule(all: readonly Connection[]): string {
  const documents = all.flatMap((connection) =>
    connection.isRefetchable ? [fragment(connection)] : [fragment(connection), operation(connection)],
  );
  const tagged = documents.map((document) => `graphql\`\n${document}\n\`;`);
  return `import { graphql } from 'relay-runtime';\n\n${tagged.join('\n\n')}\n`;
}

function fragment({ parent, field, isRefetchable, required, operation }: Connection): string {
  const name = `${MODULE}_${parent.name}_${field.name}`;
  const definitions = required.map((argument) => `${argument.name}: { type: "${argument.type}" }`);
  const values = required.map((argument) => `, ${argument.name}: $${argument.name}`);
  const refetchable = isRefetchable ? `@refetchable(queryName: "${operation}")` : '';
  return `fragment ${name} on ${parent.name}
@argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }, ${definitions.join(', ')})
${refetchable} {
  ${field.name}(first: $count, after: $cursor${values.join('')}) @connection(key: "${name}__${field.name}") {
    totalCount
    edges {
      cursor
      node {
        __typename
      }
    }
  }
}`;
}

function operation({ parent, field, operation, path }: Connection): string {
  const required = path.flatMap((step) => step.args.filter(isRequiredArgument));
  const definitions = required.map((argument) => `, $${argument.name}: ${argument.type}`);
  const spread = `...${MODULE}_${parent.name}_${field.name} @arguments(count: $count, cursor: $cursor)`;
  const selection = path.reduceRight((inner, step) => {
    const values = step.args.filter(isRequiredArgument).map((argument) => `${argument.name}: $${argument.name}`);
    return `${step.name}${values.length > 0 ? `(${values.join(', ')})` : ''} { ${inner} }`;
  }, spread);
  return `query ${operation}($count: Int!, $cursor: String${definitions.join('')}) { ${selection} }`;
}

/** The shortest way to a type from the root. */
function pathTo(schema: GraphQLSchema, wanted: Parent): GraphQLField<unknown, unknown>[] {
  const root = schema.getQueryType();
  const ways = root ? [{ type: root as Parent, path: [] as GraphQLField<unknown, unknown>[] }] : [];
  const seen = new Set<Parent>();
  for (const { type, path } of ways) {
    if (type === wanted) {
      return path;
    }
    for (const field of Object.values(type.getFields())) {
      const next = getNamedType(field.type);
      if ((isObjectType(next) || isInterfaceType(next)) && !seen.has(next)) {
        seen.add(next);
        ways.push({ type: next, path: [...path, field] });
      }
    }
  }
  throw new Error(`no field leads to ${wanted.name}`);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
