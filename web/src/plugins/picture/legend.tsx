import { ENTITY_KINDS, type Graph } from '../../answer/graph';
import type { EntityKind, Predicate } from '../../graphql.generated';
import { words } from '../../words';
import { type Arrow, type Attitude, attitudeOf } from './elements';
import { ArrowSymbol, KindSymbol } from './symbols';

const ATTITUDES: readonly Attitude[] = ['for', 'against', 'neither', 'none'];

/** What the shapes and lines in the picture mean; the kinds can be switched off and on. */
export function Legend({
  graph,
  arrows,
  hiddenKinds,
  onToggleKind,
}: {
  /** All that there is, hidden or not. */
  graph: Graph;
  /** Those that are shown. */
  arrows: readonly Arrow[];
  hiddenKinds: readonly EntityKind[];
  onToggleKind: (kind: EntityKind) => void;
}) {
  const counts = new Map<EntityKind, number>();
  for (const { kind } of graph.entities.values()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const predicates = [...new Set(arrows.map(({ predicate }) => predicate))].sort();
  const ofAttitude = (attitude: Attitude) => predicates.filter((predicate) => attitudeOf(predicate) === attitude);
  return (
    <details className="picture-legend" open>
      <summary>Legend</summary>
      <ul className="picture-kinds" aria-label="Kinds of entity">
        {ENTITY_KINDS.filter((kind) => counts.has(kind)).map((kind) => (
          <li key={kind}>
            <label>
              <input type="checkbox" checked={!hiddenKinds.includes(kind)} onChange={() => onToggleKind(kind)} />
              <KindSymbol kind={kind} /> {words(kind)} ({counts.get(kind)})
            </label>
          </li>
        ))}
      </ul>
      <ul aria-label="Kinds of arrow">
        {ATTITUDES.filter((attitude) => ofAttitude(attitude).length > 0).map((attitude) => (
          <li key={attitude}>
            <ArrowSymbol attitude={attitude} /> {lineText(attitude)}:{' '}
            {ofAttitude(attitude).map(predicateText).join(', ')}
          </li>
        ))}
        {arrows.some(({ isInferred }) => isInferred) && (
          <li>
            <ArrowSymbol attitude="none" isInferred /> with a hollow tail: inferred, no source states it
          </li>
        )}
        {arrows.some(({ statements }) => statements.length > 1) && (
          <li>×2, ×3, …: so many statements, which differ in their days, places or conditions</li>
        )}
      </ul>
    </details>
  );
}

function predicateText(predicate: Predicate): string {
  return words(predicate);
}

function lineText(attitude: Attitude): string {
  switch (attitude) {
    case 'for':
      return 'speaks for';
    case 'against':
      return 'speaks against (dashed, blunt)';
    case 'neither':
      return 'expressly for neither side (dotted)';
    case 'none':
      return 'takes no side';
  }
}
