import type { CitationDirection, SourceFragment, StatementCitationsQuery } from '../graphql.generated';
import { words } from '../words';
import { asEntity, asStatement } from './graph';
import { qualifiersOf } from './qualifiers';

/** What a place in a document is cited for: a statement, an event, or an entity that the document speaks of. */
export interface CitedFor {
  readonly text: string;
  readonly direction: CitationDirection;
}

/** One place in a document, and all that it is cited for. */
export interface Footnote {
  readonly number: number;
  readonly locator: SourceFragment['locator'];
  /** Exact words of the document, where the citations give them. */
  readonly quotes: readonly string[];
  readonly citedFor: readonly CitedFor[];
}

/** A document, and the places in it that an answer rests on. */
export interface CitedDocument {
  readonly document: SourceFragment['document'];
  readonly footnotes: readonly Footnote[];
}

/** A citation that stands in an answer, or a statement whose citations are still to be asked for. */
export type Trace = { readonly citation: SourceFragment; readonly citedFor: string } | { readonly statementId: string };

/** A statement as `nodes(ids:)` tells of it. */
export type CitedStatement = Extract<StatementCitationsQuery['nodes'][number], { __typename: 'Statement' }>;

const STATEMENT_ID = /^statement\//;

/**
 * All in an answer that leads to a source, in the order of the answer.
 *
 * `owner` says in words what the data is about, for citations that do not stand under a thing with a name.
 */
export function* tracesIn(data: unknown, owner = ''): Generator<Trace> {
  if (Array.isArray(data)) {
    for (const item of data) {
      yield* tracesIn(item, owner);
    }
  } else if (isObject(data)) {
    if (isCitation(data)) {
      yield { citation: data, citedFor: owner };
    }
    const statement = asStatement(data);
    if (statement && STATEMENT_ID.test(statement.id)) {
      yield { statementId: statement.id };
    }
    const nextOwner = ownerOf(data, owner);
    for (const value of Object.values(data)) {
      yield* tracesIn(value, nextOwner);
    }
  }
}

/** What is in an answer at a path, and what it is about there; see {@link tracesIn}. */
export function ownerAt(data: unknown, path: readonly (string | number)[]): { value: unknown; owner: string } {
  let value = data;
  let owner = '';
  for (const key of path) {
    owner = isObject(value) ? ownerOf(value, owner) : owner;
    value = isObject(value) || Array.isArray(value) ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return { value, owner: isObject(value) ? ownerOf(value, owner) : owner };
}

/** The statements among traces whose citations are to be asked for, each once. */
export function statementIdsOf(traces: Iterable<Trace>): string[] {
  const ids = new Set<string>();
  for (const trace of traces) {
    if ('statementId' in trace) {
      ids.add(trace.statementId);
    }
  }
  return [...ids];
}

/**
 * The footnotes of an answer: documents in the order in which they first appear, in each its places from front to back,
 * numbered through from 1.
 *
 * A place that is cited several times is one footnote. A statement that is not among the known ones has none.
 */
export function footnotesOf(traces: Iterable<Trace>, statements: ReadonlyMap<string, CitedStatement>): CitedDocument[] {
  const documents = new Map<string, { document: SourceFragment['document']; places: Map<string, Place> }>();
  for (const { citation, citedFor } of citationsOf(traces, statements)) {
    const { document, locator, quote, direction } = citation;
    const known = documents.get(document.id) ?? { document, places: new Map<string, Place>() };
    documents.set(document.id, known);
    const key = placeKey(locator);
    const place = known.places.get(key) ?? {
      locator,
      quotes: new Set<string>(),
      citedFor: new Map<string, CitedFor>(),
    };
    known.places.set(key, place);
    if (quote) {
      place.quotes.add(quote);
    }
    if (citedFor) {
      place.citedFor.set(`${direction} ${citedFor}`, { text: citedFor, direction });
    }
  }

  let number = 0;
  return [...documents.values()].map(({ document, places }) => ({
    document,
    footnotes: [...places.values()].sort(byPlace).map(({ locator, quotes, citedFor }) => {
      number += 1;
      return { number, locator, quotes: [...quotes], citedFor: [...citedFor.values()] };
    }),
  }));
}

/** The numbers of the footnotes that some traces lead to, in ascending order. */
export function footnoteNumbers(
  traces: Iterable<Trace>,
  statements: ReadonlyMap<string, CitedStatement>,
  documents: readonly CitedDocument[],
): number[] {
  const numbers = new Map(
    documents.flatMap(({ document, footnotes }) =>
      footnotes.map(({ number, locator }) => [`${document.id} ${placeKey(locator)}`, number] as const),
    ),
  );
  const found = new Set<number>();
  for (const { citation } of citationsOf(traces, statements)) {
    const number = numbers.get(`${citation.document.id} ${placeKey(citation.locator)}`);
    if (number !== undefined) {
      found.add(number);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** How many footnotes these are. */
export function countOf(documents: readonly CitedDocument[]): number {
  return documents.reduce((n, { footnotes }) => n + footnotes.length, 0);
}

/** What a place is cited for, with the document's attitude where it does not simply say so. */
export function citedForText({ text, direction }: CitedFor): string {
  return direction === 'SUPPORTS' ? text : `${text} (${words(direction)} it)`;
}

interface Place {
  readonly locator: SourceFragment['locator'];
  readonly quotes: Set<string>;
  readonly citedFor: Map<string, CitedFor>;
}

function* citationsOf(
  traces: Iterable<Trace>,
  statements: ReadonlyMap<string, CitedStatement>,
): Generator<{ citation: SourceFragment; citedFor: string }> {
  for (const trace of traces) {
    if ('citation' in trace) {
      yield trace;
      continue;
    }
    const statement = statements.get(trace.statementId);
    for (const citation of statement?.citations ?? []) {
      yield { citation, citedFor: statement ? sentenceOf(statement) : '' };
    }
  }
}

/** With all that narrows it: without, three statements on parts of a thing would be one on the whole. */
/** By what tells statements from each other, and no more: the same one has the same sentence, whatever was selected. */
function sentenceOf(statement: Omit<CitedStatement, 'citations'>): string {
  const { subject, predicate, object, aspect, on, from, until, condition, voice, basis } = statement;
  const sentence = `${subject.name} ${words(predicate)} ${object.name}`;
  const qualifiers = qualifiersOf({ aspect, on, from, until, condition, voice, basis });
  return qualifiers.length > 0 ? `${sentence} (${qualifiers.join('; ')})` : sentence;
}

/** What things under this object are about, in words: the nearest statement, event, notice or entity. */
function ownerOf(object: Readonly<Record<string, unknown>>, outer: string): string {
  if (asStatement(object)) {
    return sentenceOf(object as unknown as CitedStatement);
  }
  const entity = asEntity(object) ?? asEntity(asRecord(object.entity)) ?? asEntity(asRecord(object.about));
  if (entity) {
    return entity.name;
  }
  const { __typename, kind, on } = object;
  if ((__typename === 'LawEvent' || __typename === 'Notice') && typeof kind === 'string') {
    const act = typeof on === 'string' ? `${words(kind)}, ${on}` : words(kind);
    return outer ? `${outer}: ${act}` : act;
  }
  return outer;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** A reader may have renamed its fields; then it is none that could be shown. */
function isCitation(found: Readonly<Record<string, unknown>>): found is SourceFragment {
  return (
    found.__typename === 'Citation' &&
    'locator' in found &&
    typeof found.direction === 'string' &&
    typeof asRecord(found.document).id === 'string' &&
    typeof asRecord(found.document).title === 'string'
  );
}

/** The same for the same place, whatever anchor a citation gives for it. */
function placeKey(locator: SourceFragment['locator']): string {
  switch (locator?.__typename) {
    case 'Lines':
    case 'Pages':
      return `${locator.__typename} ${locator.start} ${locator.end}`;
    case 'Section':
      return `Section ${locator.title}`;
    case 'Fragment':
      return `Fragment ${locator.value}`;
    case undefined:
      return '';
  }
}

/** Kinds of place in the order in which a list of them is read: the document as a whole comes first. */
const PLACE_KINDS = [undefined, 'Pages', 'Lines', 'Section', 'Fragment'];

function byPlace({ locator: a }: Place, { locator: b }: Place): number {
  const byKind = PLACE_KINDS.indexOf(a?.__typename) - PLACE_KINDS.indexOf(b?.__typename);
  if (byKind !== 0 || !a || !b) {
    return byKind;
  }
  if ('start' in a && 'start' in b) {
    return a.start - b.start || a.end - b.end;
  }
  // Sections and fragments have no place in an order that is known: they keep that of the answer.
  return 0;
}
