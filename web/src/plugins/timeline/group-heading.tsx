import { locatorText } from '../../parts/locator';
import { words } from '../../words';
import type { LawPositions } from './load';

/** The name of a version of the law, and what happened to it. */
export function GroupHeading({ of: { law, events, positions, nPositions } }: { of: LawPositions }) {
  return (
    <header className="timeline-heading">
      <h3>{law.name}</h3>
      {positions.length === 0 && <p>No position on it is known.</p>}
      {positions.length < nPositions && (
        <p>
          Shown are the first {positions.length} of {nPositions} positions.
        </p>
      )}
      {events.length > 0 && (
        <details>
          <summary>What happened to it ({events.length})</summary>
          <ul>
            {events.map(({ kind, on, asOf, note, citations }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and their order is the law's
              <li key={i}>
                {words(kind)}, {on ?? (asOf ? `by ${asOf}` : 'undated')}
                {note && `: ${note}`}
                <span className="timeline-sources">
                  {citations
                    .map(({ document, locator }) => [document.title, locatorText(locator)].filter(Boolean).join(', '))
                    .join('; ')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </header>
  );
}
