import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';

import type { Entity, Graph } from '../../answer/graph';
import { words } from '../../words';
import { type Arrow, arrowLabel, arrowsAt, counted, mannersOf } from './elements';
import { KindSymbol } from './symbols';

const PAGE = 100;
const ARROWS_MAX = 12;

/** All that the picture shows, as text: each entity with its arrows. Here the keyboard does what the mouse does there. */
export function EntityList({
  graph,
  arrows,
  selected,
  onSelect,
  onExpand,
  onHide,
}: {
  graph: Graph;
  arrows: readonly Arrow[];
  selected: readonly string[];
  onSelect: (id: string, isMore: boolean) => void;
  onExpand: (id: string) => void;
  onHide: (id: string) => void;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="picture-list" open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>Entities in the picture ({graph.entities.size.toLocaleString('en')})</summary>
      {isOpen && <Entities {...{ graph, arrows, selected, onSelect, onExpand, onHide }} />}
    </details>
  );
}

function Entities({ graph, arrows, selected, onSelect, onExpand, onHide }: Parameters<typeof EntityList>[0]) {
  const [text, setText] = useState('');
  const [nShown, setNShown] = useState(PAGE);
  const [current, setCurrent] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const helpId = useId();
  const touching = useMemo(() => arrowsAt(arrows), [arrows]);
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const degree = ({ id }: Entity) => touching.get(id)?.length ?? 0;
    return [...graph.entities.values()]
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .sort((a, b) => degree(b) - degree(a) || a.name.localeCompare(b.name, 'en'));
  }, [graph, touching, text]);
  const shown = found.slice(0, nShown);
  // One of the buttons is reached by Tab, the others from it by arrow keys.
  const reached = shown.some(({ id }) => id === current) ? current : shown[0]?.id;

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const entity = buttons[at]?.dataset.entity;
    if (to !== undefined) {
      buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
    } else if (event.key === '+' && entity) {
      onExpand(entity);
    } else if (event.key === 'Delete' && entity) {
      const others = buttons.filter((button) => button.dataset.entity);
      const place = others.findIndex((button) => button.dataset.entity === entity);
      (others[place + 1] ?? others[place - 1])?.focus();
      onHide(entity);
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <>
      {graph.entities.size > 10 && (
        <label className="picture-find">
          Find <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
      )}
      <p className="picture-help" id={helpId}>
        Arrow keys go through the list; Enter selects, with Shift also a second one; + expands, Delete hides.
      </p>
      <ul ref={list} onKeyDown={onKeyDown} aria-describedby={helpId}>
        {shown.map((entity) => (
          <li key={entity.id}>
            <button
              type="button"
              className="picture-entity"
              data-entity={entity.id}
              tabIndex={entity.id === reached ? 0 : -1}
              aria-pressed={selected.includes(entity.id)}
              onFocus={() => setCurrent(entity.id)}
              onClick={({ shiftKey }) => onSelect(entity.id, shiftKey)}
            >
              <KindSymbol kind={entity.kind} /> {entity.name} <small>{words(entity.kind)}</small>
            </button>
            <Arrows entity={entity} arrows={touching.get(entity.id) ?? []} graph={graph} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p>None has this in its name.</p>}
      {found.length > nShown && (
        <button type="button" className="panel-button" onClick={() => setNShown(nShown + PAGE)}>
          Show {Math.min(PAGE, found.length - nShown)} more of {found.length.toLocaleString('en')}
        </button>
      )}
    </>
  );
}

function Arrows({
  entity,
  arrows,
  graph,
  onSelect,
}: {
  entity: Entity;
  arrows: readonly Arrow[];
  graph: Graph;
  onSelect: (id: string, isMore: boolean) => void;
}) {
  if (arrows.length === 0) {
    return null;
  }
  return (
    <ul className="picture-arrows" aria-label={`Statements with ${entity.name}`}>
      {arrows.slice(0, ARROWS_MAX).map((arrow) => (
        <ArrowItem key={arrow.id} entity={entity} arrow={arrow} graph={graph} onSelect={onSelect} />
      ))}
      {arrows.length > ARROWS_MAX && <li>{counted(arrows.length - ARROWS_MAX, 'more arrow', 'more arrows')}</li>}
    </ul>
  );
}

function ArrowItem({
  entity,
  arrow,
  graph,
  onSelect,
}: {
  entity: Entity;
  arrow: Arrow;
  graph: Graph;
  onSelect: (id: string, isMore: boolean) => void;
}) {
  const mannersId = useId();
  const manners = mannersOf(arrow, graph);
  const nameOf = (id: string) => graph.entities.get(id)?.name;
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        className="picture-arrow"
        aria-describedby={manners ? mannersId : undefined}
        onClick={() => onSelect(arrow.id, false)}
      >
        {arrow.subject === entity.id ? (
          <>
            {arrowLabel(arrow)} <b>{nameOf(arrow.object)}</b>
          </>
        ) : (
          <>
            <b>{nameOf(arrow.subject)}</b> {arrowLabel(arrow)} it
          </>
        )}
      </button>{' '}
      {manners && <small id={mannersId}>{manners}</small>}
    </li>
  );
}
