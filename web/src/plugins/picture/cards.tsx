import { type ReactNode, useCallback, useEffect, useState } from 'react';

import type { Entity } from '../../answer/graph';
import {
  EntityCardDocument,
  type EntityCardQuery,
  type SourceFragment,
  TellStatementsDocument,
} from '../../graphql.generated';
import { anchorOf, locatorText } from '../../parts/locator';
import { Problem } from '../../parts/panel';
import { ToldStatement } from '../../parts/told-statement';
import { useLoaded } from '../../parts/use-loaded';
import { isWebAddress } from '../../parts/web-address';
import { ask } from '../../server';
import { words } from '../../words';
import { type Arrow, attitudeOf, counted } from './elements';
import { ArrowSymbol, KindSymbol } from './symbols';

/** The most ids that can be asked for at once. */
const STATEMENTS_MAX = 100;

type Known = Extract<EntityCardQuery['node'], { summary: unknown }>;

/** What is known of an entity, below the buttons for it. */
export function EntityCard({ entity, children }: { entity: Entity; children: ReactNode }) {
  const [known, setKnown] = useState<Known | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const load = useCallback(
    (signal: AbortSignal) => ask(EntityCardDocument, { id: entity.id, after }, signal),
    [entity.id, after],
  );
  const { data, problem, isLoading } = useLoaded(load);
  useEffect(() => {
    const node = data?.node;
    if (node && 'summary' in node) {
      setKnown((former) => (former ? withMore(former, node) : node));
    }
  }, [data]);

  return (
    <article className="picture-card" aria-label={entity.name}>
      <h3>
        <KindSymbol kind={entity.kind} /> {entity.name}
      </h3>
      <p className="picture-card-kind">
        {words(entity.kind)}
        {known && `, ${counted(known.nNeighbors, 'neighbor', 'neighbors')}`}
      </p>
      <div className="picture-buttons">{children}</div>
      {problem && <Problem>{problem}</Problem>}
      {known && (
        <>
          {known.summary && <p>{known.summary}</p>}
          <Facts known={known} />
          <Mentions known={known} isLoading={isLoading} onMore={setAfter} />
        </>
      )}
      {!known && isLoading && <p role="status">Loading …</p>}
    </article>
  );
}

/** The card with the next page of its mentions; the same page a second time adds nothing. */
function withMore(former: Known, next: Known): Known {
  if (former.mentions.pageInfo.endCursor === next.mentions.pageInfo.endCursor) {
    return former;
  }
  return { ...next, mentions: { ...next.mentions, nodes: [...former.mentions.nodes, ...next.mentions.nodes] } };
}

function Facts({ known: { aliases, identifiers, topics } }: { known: Known }) {
  return (
    <dl className="picture-facts">
      {aliases.length > 0 && (
        <>
          <dt>Also called</dt>
          <dd>{aliases.join(', ')}</dd>
        </>
      )}
      {identifiers.map(({ scheme, value }) => (
        <div key={`${scheme} ${value}`}>
          <dt>{scheme === 'BILL_NUMBER' ? 'Bill number' : scheme.replaceAll('_', ' ')}</dt>
          <dd>
            {isWebAddress(value) ? (
              <a href={value} target="_blank" rel="noreferrer">
                {value}
              </a>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
      {topics.length > 0 && (
        <>
          <dt>About</dt>
          <dd>{topics.map(({ name }) => name).join(', ')}</dd>
        </>
      )}
    </dl>
  );
}

function Mentions({
  known: { mentions },
  isLoading,
  onMore,
}: {
  known: Known;
  isLoading: boolean;
  onMore: (after: string | null) => void;
}) {
  const byDocument = new Map<string, SourceFragment[]>();
  for (const citation of mentions.nodes) {
    byDocument.set(citation.document.id, [...(byDocument.get(citation.document.id) ?? []), citation]);
  }
  return (
    <section className="picture-mentions">
      <h4>
        {mentions.totalCount === 0
          ? 'No document mentions it by itself'
          : `Mentioned ${counted(mentions.totalCount, 'time', 'times')} in documents`}
      </h4>
      <ul>
        {[...byDocument].map(([id, citations]) => (
          <li key={id}>
            {citations[0]?.document.title}
            <ul>
              {citations.map((citation, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: citations have no id, and their order is the server's
                <li key={i}>
                  {locatorText(citation.locator) || 'somewhere in it'}
                  {citation.direction !== 'MENTIONS' && <em> ({words(citation.direction)} it)</em>}
                  {anchorOf(citation.locator) && <q>{anchorOf(citation.locator)} …</q>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {mentions.pageInfo.hasNextPage && (
        <button
          type="button"
          className="panel-button"
          disabled={isLoading}
          onClick={() => onMore(mentions.pageInfo.endCursor)}
        >
          More mentions
        </button>
      )}
    </section>
  );
}

/** The statements that an arrow stands for, with who says so and where. */
export function ArrowCard({ arrow, subject, object }: { arrow: Arrow; subject: Entity; object: Entity }) {
  // An answer that the server refused to identify may hold statements without their ids.
  const ids = arrow.statements.filter((id) => id.startsWith('statement/')).slice(0, STATEMENTS_MAX);
  const wanted = ids.join(' ');
  const load = useCallback(
    (signal: AbortSignal) => ask(TellStatementsDocument, { ids: wanted.split(' ').filter(Boolean) }, signal),
    [wanted],
  );
  const { data, problem, isLoading } = useLoaded(load);
  const title = `${subject.name} ${words(arrow.predicate)} ${object.name}`;
  return (
    <article className="picture-card" aria-label={title}>
      <h3>
        {subject.name} <ArrowSymbol attitude={attitudeOf(arrow.predicate)} isInferred={arrow.isInferred} />{' '}
        {words(arrow.predicate)} {object.name}
      </h3>
      <p className="picture-card-kind">{counted(arrow.statements.length, 'statement', 'statements')}</p>
      {problem && <Problem>{problem}</Problem>}
      {isLoading && <p role="status">Loading …</p>}
      {data?.nodes.map(
        (statement) =>
          statement?.__typename === 'Statement' && <ToldStatement key={statement.id} statement={statement} />,
      )}
      {ids.length < arrow.statements.length && (
        <p>
          {ids.length === 0
            ? 'The answer does not tell which statements these are.'
            : `The first ${ids.length} of ${arrow.statements.length}.`}
        </p>
      )}
    </article>
  );
}
