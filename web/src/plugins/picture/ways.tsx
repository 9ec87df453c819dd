import { Fragment } from 'react';

import { words } from '../../words';
import { stepsOf, type Way } from './additions';
import { counted } from './elements';

/** The ways between two entities, in words; one of them can be singled out. */
export function Ways({
  from,
  to,
  ways,
  shown,
  onShow,
  onClose,
}: {
  from: string;
  to: string;
  ways: readonly Way[];
  /** Which of them is highlighted; `null`: all. */
  shown: number | null;
  onShow: (way: number | null) => void;
  onClose: () => void;
}) {
  return (
    <section className="picture-ways" aria-label="Paths">
      <h3>
        Paths from {from} to {to}
      </h3>
      {ways.length === 0 && <p>There is no path of at most six statements between them.</p>}
      <ol>
        {ways.map((way, i) => (
          <li key={way.entities.map(({ id }) => id).join(' ')}>
            <button type="button" aria-pressed={shown === i} onClick={() => onShow(shown === i ? null : i)}>
              {stepsOf(way).map(({ entity, statement, isForward }) => (
                <Fragment key={entity.id}>
                  {statement && (
                    <i>{isForward ? ` — ${words(statement.predicate)} → ` : ` ← ${words(statement.predicate)} — `}</i>
                  )}
                  {entity.name}
                </Fragment>
              ))}
            </button>
            <p>
              {counted(way.statements.size, 'step', 'steps')}. {way.meaning}
            </p>
          </li>
        ))}
      </ol>
      <button type="button" className="panel-button" onClick={onClose}>
        Close paths
      </button>
    </section>
  );
}
