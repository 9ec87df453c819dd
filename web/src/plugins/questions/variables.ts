import {
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { ENTITY_KINDS } from '../../answer/graph';
import type { EntityKind } from '../../graphql.generated';
import { words } from '../../words';

/** Numbers from the least to the most; either may be open. */
export interface Bounds {
  readonly least: number | null;
  readonly most: number | null;
}

/** With what a variable is filled in. */
export type Control =
  /** Entities of some kinds; the operation wants the id or, where the kind is clear, the slug. */
  | { readonly is: 'entity'; readonly kinds: readonly EntityKind[]; readonly by: 'id' | 'slug' }
  | { readonly is: 'entities'; readonly kinds: readonly EntityKind[]; readonly bounds: Bounds }
  | { readonly is: 'document'; readonly by: 'id' | 'slug' }
  | { readonly is: 'choice' | 'choices'; readonly choices: readonly Choice[] }
  | { readonly is: 'number'; readonly bounds: Bounds; readonly isWhole: boolean }
  | { readonly is: 'date' | 'yes or no' | 'text' };

/** A value of an enum, and what the schema says of it. */
export interface Choice {
  readonly value: string;
  readonly meaning: string;
}

/** A variable of an operation, as a reader fills it in. */
export interface Variable {
  readonly name: string;
  /** Its name in words: `onSubstitute` becomes "On substitute". */
  readonly label: string;
  /** What the schema says of the argument for which it stands; may be empty. */
  readonly help: string;
  readonly isRequired: boolean;
  /** Its default, as the operation gives it. */
  readonly initial: unknown;
  readonly control: Control;
}

/** Where a variable stands in an operation. */
interface Use {
  readonly argument: GraphQLArgument | GraphQLInputField;
  /** `conflicts.about`; for a field of an input object as `StatementFilter.subject`. */
  readonly place: string;
  /** What the field gives whose argument it is. */
  readonly gives: string | undefined;
}

/** What an id may be of where the argument's name does not tell it. */
const KINDS: Readonly<Record<string, readonly EntityKind[]>> = {
  'coalitions.about': ['LAW', 'CLAIM', 'TOPIC'],
  'conflicts.about': ['LAW', 'CLAIM', 'TOPIC'],
  'gaps.about': ['ORGANIZATION', 'LAW', 'CLAIM'],
  'impact.of': ['STUDY'],
  'stances.aspect': ['TOPIC'],
  'StatementFilter.aspect': ['TOPIC'],
  'timeline.of': ['ORGANIZATION', 'LAW', 'CLAIM'],
};

/** The variables of a document's operation, with what the schema says of the places where they are used. */
export function variablesOf(document: DocumentNode, schema: GraphQLSchema): Variable[] {
  const uses = usesOf(document, schema);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return (operation?.variableDefinitions ?? []).flatMap((definition) => {
    const type = typeFromAST(schema, definition.type);
    return type ? [variable(definition, type, uses.get(definition.variable.name.value))] : [];
  });
}

function variable(definition: VariableDefinitionNode, type: GraphQLType, use: Use | undefined): Variable {
  const name = definition.variable.name.value;
  const initial = definition.defaultValue ? valueFromASTUntyped(definition.defaultValue) : null;
  const control = controlOf(name, type, initial, use);
  const isPlain = control.is === 'entity' && control.by === 'slug';
  return {
    name,
    label: labelOf(name),
    help: isPlain ? '' : helpOf(use?.argument.description),
    isRequired: isNonNullType(type),
    initial: initial ?? null,
    control,
  };
}

function controlOf(name: string, type: GraphQLType, initial: unknown, use: Use | undefined): Control {
  const named = getNamedType(type);
  const isList = isListType(getNullableType(type));
  if (isEnumType(named)) {
    const choices = named
      .getValues()
      .map(({ name: value, description }) => ({ value, meaning: plain(description ?? '') }));
    return { is: isList ? 'choices' : 'choice', choices };
  }
  const bounds = boundsIn(use?.argument.description);
  switch (named.name) {
    case 'ID':
      if (isList) {
        return { is: 'entities', kinds: kindsOf(name, use), bounds };
      }
      return isOfDocument(use, initial)
        ? { is: 'document', by: 'id' }
        : { is: 'entity', kinds: kindsOf(name, use), by: 'id' };
    case 'Int':
    case 'Float':
      return { is: 'number', bounds, isWhole: named.name === 'Int' };
    case 'Boolean':
      return { is: 'yes or no' };
    case 'PartialDate':
      return { is: 'date' };
    default:
      if (use?.argument.name === 'slug' && use.gives) {
        const kind = asKind(use.gives);
        return kind ? { is: 'entity', kinds: [kind], by: 'slug' } : { is: 'document', by: 'slug' };
      }
      return { is: 'text' };
  }
}

function isOfDocument(use: Use | undefined, initial: unknown): boolean {
  return use?.argument.name === 'document' || (typeof initial === 'string' && initial.startsWith('document/'));
}

/** By the argument; where that may be of several kinds, a variable may be called by the one that is meant. */
function kindsOf(name: string, use: Use | undefined): readonly EntityKind[] {
  const byPlace = use && KINDS[use.place];
  const byArgument = use && asKind(use.argument.name.replace(/s$/, ''));
  const kinds = byPlace ?? (byArgument ? [byArgument] : ENTITY_KINDS);
  const called = asKind(name.replace(/s$/, ''));
  return called && kinds.includes(called) ? [called] : kinds;
}

function asKind(name: string): EntityKind | undefined {
  return ENTITY_KINDS.find((kind) => kind === name.toUpperCase());
}

/** For each variable the first of its places. */
function usesOf(document: DocumentNode, schema: GraphQLSchema): Map<string, Use> {
  const uses = new Map<string, Use>();
  const types = new TypeInfo(schema);
  const note = (value: ValueNode, argument: Use['argument'] | null | undefined, parent: string | undefined) => {
    if (value.kind === Kind.VARIABLE && argument && !uses.has(value.name.value)) {
      const given = getNamedType(types.getFieldDef()?.type);
      uses.set(value.name.value, {
        argument,
        place: `${parent}.${argument.name}`,
        gives: isObjectType(given) ? given.name : undefined,
      });
    }
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Argument: {
        enter({ value }) {
          note(value, types.getArgument(), types.getFieldDef()?.name);
        },
      },
      ObjectField: {
        enter({ name, value }) {
          const parent = getNamedType(types.getParentInputType());
          if (isInputObjectType(parent)) {
            note(value, parent.getFields()[name.value], parent.name);
          }
        },
      },
    }),
  );
  return uses;
}

function labelOf(name: string): string {
  const label = words(name.replaceAll(/(?=[A-Z])/g, '_'));
  return label.slice(0, 1).toUpperCase() + label.slice(1);
}

/** A description in the words of a form: things are not meant by their ids there, and nothing is null but empty. */
function helpOf(description: string | null | undefined): string {
  const text = (description ?? '').replaceAll(/, by (?:(?:its|their) )?`?id`?s?/g, '');
  return plain(text.replaceAll(/\bnull\b/g, 'empty').replaceAll(/\bNull\b/g, 'Empty'));
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim();
}

/** The schema tells bounds in words: "1 to 2000", "2 to 50, each once", "0 or more". */
function boundsIn(description: string | null | undefined): Bounds {
  const [, least, most] = /\b(\d+) (?:to (\d+)|or more)\b/.exec(description ?? '') ?? [];
  return { least: least === undefined ? null : Number(least), most: most === undefined ? null : Number(most) };
}
