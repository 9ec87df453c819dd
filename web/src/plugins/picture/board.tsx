import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';

import { type Graph, graphOf, union } from '../../answer/graph';
import type { Identified } from '../../answer/use-identified';
import { Empty, Panel, Problem } from '../../parts/panel';
import { type Added, expansionOf, lastExpansion, linksAmong } from './additions';
import { Canvas, type View } from './canvas';
import { ArrowCard, EntityCard } from './cards';
import type { Addition, Drawing } from './drawing';
import { type Arrow, arrowsOf, shownOf, sumOf } from './elements';
import type { Positions } from './layout';
import { Legend } from './legend';
import { EntityList } from './list';
import { Toolbar, ViewButtons } from './toolbar';
import { useAdditions } from './use-additions';
import { useAnnouncement } from './use-announcement';
import { questionOf, useDrawing } from './use-drawing';
import { useKeptFocus } from './use-kept-focus';
import { usePositions } from './use-positions';
import { useWays } from './use-ways';
import { Ways } from './ways';

/** From so many arrows on they are drawn in a plainer way, which is faster. */
const LARGE = 400;

/** An answer's picture, and all that can be done with it. */
export function Board({ identified, whenEmpty }: { identified: Identified; whenEmpty: ReactNode }) {
  const { answer, data } = identified;
  const question = useMemo(() => questionOf(answer), [answer]);
  const answered = useMemo(() => graphOf(data), [data]);
  const [history, step] = useDrawing(question);
  const drawing = history.present;
  const { added, isLoading, problem, retry } = useAdditions(answer, drawing.additions);
  const stages = useMemo(() => grown(answered, added), [answered, added]);
  const whole = stages.at(-1) ?? answered;
  const shown = useShown(whole, drawing);
  const arrows = useMemo(() => arrowsOf(shown), [shown]);
  const { positions, isAtWork } = usePositions(stages, drawing);
  const placed = useMemo(() => withPins(positions ?? new Map(), drawing), [positions, drawing]);
  const pinned = useMemo(() => new Set(Object.keys(drawing.pins)), [drawing.pins]);

  const [view, setView] = useState<View | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [pathsFrom, setPathsFrom] = useState<string | null>(null);
  const [said, setSaid] = useAnnouncement(stages, drawing.additions, added);
  const ways = useWays(drawing.additions, added);
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);

  const nameOf = (id: string) => whole.entities.get(id)?.name ?? id;
  const arrowOf = (id: string) => arrows.find((arrow) => arrow.id === id);
  // What was hidden or undone since is not selected any more.
  const selected = chosen.filter((id) => shown.entities.has(id) || arrowOf(id));
  const [entity, other] = selected.flatMap((id) => shown.entities.get(id) ?? []).reverse();
  const arrow = selected[0] === undefined ? undefined : arrowOf(selected[0]);

  function select(id: string | null, isMore: boolean) {
    if (id === null) {
      setChosen([]);
    } else if (pathsFrom && pathsFrom !== id && shown.entities.has(id)) {
      findPaths(pathsFrom, id);
    } else if (isMore && shown.entities.has(id)) {
      const entities = selected.filter((one) => shown.entities.has(one));
      setChosen(entities.includes(id) ? entities.filter((one) => one !== id) : [...entities, id].slice(-2));
    } else {
      setChosen([id]);
    }
    setPathsFrom(null);
  }

  function findPaths(from: string, to: string) {
    setChosen([from, to]);
    setPathsFrom(null);
    ways.reopen();
    step({ type: 'add', addition: { type: 'paths', from, to } });
  }

  function cancelPaths() {
    setPathsFrom(null);
    setSaid('No paths are looked for.');
  }

  function expand(id: string) {
    const former = lastExpansion(drawing.additions, added, id);
    if (former?.added?.nLeftOut === 0) {
      setSaid(`All neighbors of ${nameOf(id)} are in the picture, or hidden.`);
    } else {
      setSaid(`Asking for the neighbors of ${nameOf(id)} …`);
      step({ type: 'add', addition: expansionOf(id, former?.limit) });
    }
  }

  function hide(ids: readonly string[]) {
    step({ type: 'hide', ids });
    setSaid(`Hidden: ${ids.map(nameOf).join(', ')}.`);
  }

  function pin(id: string, at: { x: number; y: number } | undefined) {
    if (at) {
      step({ type: 'pin', id, x: at.x, y: at.y });
      setSaid(`Pinned: ${nameOf(id)}.`);
    }
  }

  function unpin(id: string) {
    step({ type: 'unpin', id });
    setSaid(`No longer pinned: ${nameOf(id)}.`);
  }

  function showLinks() {
    const addition = linksAmong([...shown.entities.keys()]);
    if (drawing.additions.some((former) => JSON.stringify(former) === JSON.stringify(addition))) {
      setSaid('What links them is in the picture already.');
    } else {
      step({ type: 'add', addition });
    }
  }

  function goTo(type: 'undo' | 'redo') {
    if (history[type === 'undo' ? 'past' : 'future'].length > 0) {
      step({ type });
      setSaid(type === 'undo' ? 'Undone.' : 'Done again.');
    }
  }

  function showFromList(id: string, isMore: boolean) {
    select(id, isMore);
    view?.show(id);
  }

  function onKeyDown(event: KeyboardEvent) {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
    if (event.key === 'Escape' && pathsFrom) {
      // The entity stays selected: one step back.
      cancelPaths();
    } else if (event.key === 'Escape' && selected.length > 0) {
      select(null, false);
    } else if ((event.ctrlKey || event.metaKey) && !isTyping && ['z', 'Z', 'y'].includes(event.key)) {
      goTo(event.key === 'z' && !event.shiftKey ? 'undo' : 'redo');
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  const summary = `Picture of ${sumOf(shown)}`;
  if (whole.entities.size === 0) {
    return (
      <Panel title="Picture">
        <Empty>
          This answer tells of no entities. Any question makes a picture whose answer tells of organizations, laws,
          claims, studies, jurisdictions or topics, each with its name.
        </Empty>
        {whenEmpty}
      </Panel>
    );
  }
  return (
    <Panel title="Picture">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to all that is in it, and rise from there */}
      <div ref={root} className="picture" tabIndex={-1} onKeyDown={onKeyDown}>
        <div className="picture-main">
          <Toolbar
            history={history}
            graph={shown}
            cy={view?.cy ?? null}
            onStep={goTo}
            onLayOut={(layout) => step({ type: 'layOut', layout, center: entity ? [entity.id] : drawing.center })}
            onShowHidden={() => step({ type: 'showHidden' })}
            onLinks={showLinks}
          />
          {whole.statements.size === 0 && whole.entities.size > 1 && (
            <p className="picture-hint">
              The answer holds no statements between these entities.{' '}
              <button type="button" className="panel-button" onClick={showLinks}>
                Show what links them
              </button>
            </p>
          )}
          {problem && (
            <Problem>
              {problem}{' '}
              <button type="button" className="panel-button" onClick={retry}>
                Try again
              </button>
            </Problem>
          )}
          <div className="picture-frame">
            <Canvas
              key={arrows.length > LARGE ? 'large' : 'small'}
              isLarge={arrows.length > LARGE}
              label={`${summary}. The list of entities has the same as text.`}
              drawn={{ graph: shown, arrows, positions: placed, layout: positions, selected, pinned, onWays: ways.ids }}
              handlers={{ onSelect: select, onExpand: expand, onPin: pin }}
              onView={setView}
            />
          </div>
          <div className="picture-foot">
            <p className="picture-sum">{summary}</p>
            <ViewButtons view={view} />
          </div>
          <div className="picture-told">
            <p className="picture-status" role="status">
              {pathsFrom ? `Now select the entity to which paths from ${nameOf(pathsFrom)} lead.` : said}
              {(isAtWork || isLoading) && ' …'}
            </p>
            {pathsFrom && (
              <button type="button" className="panel-button" onClick={cancelPaths}>
                Cancel
              </button>
            )}
          </div>
          <Legend
            graph={whole}
            arrows={arrows}
            hiddenKinds={drawing.hiddenKinds}
            onToggleKind={(kind) => step({ type: 'toggleKind', kind })}
          />
        </div>
        <div className="picture-side">
          {ways.found && (
            <Ways
              from={nameOf(ways.found.from)}
              to={nameOf(ways.found.to)}
              ways={ways.found.ways}
              shown={ways.singled}
              onShow={ways.single}
              onClose={ways.close}
            />
          )}
          {entity && (
            <EntityCard key={entity.id} entity={entity}>
              {other && (
                <button type="button" className="panel-button" onClick={() => findPaths(other.id, entity.id)}>
                  Find paths from {other.name}
                </button>
              )}
              <button type="button" className="panel-button" onClick={() => expand(entity.id)}>
                {expandText(drawing.additions, added, entity.id)}
              </button>
              <button type="button" className="panel-button" onClick={() => hide([entity.id])}>
                Hide
              </button>
              {pinned.has(entity.id) ? (
                <button type="button" className="panel-button" onClick={() => unpin(entity.id)}>
                  Unpin
                </button>
              ) : (
                <button type="button" className="panel-button" onClick={() => pin(entity.id, placed.get(entity.id))}>
                  Pin
                </button>
              )}
              {!other && (
                <button type="button" className="panel-button" onClick={() => setPathsFrom(entity.id)}>
                  Find paths to …
                </button>
              )}
            </EntityCard>
          )}
          {arrow && <SelectedArrow key={arrow.id} arrow={arrow} graph={shown} />}
          <EntityList
            graph={shown}
            arrows={arrows}
            selected={selected}
            onSelect={showFromList}
            onExpand={expand}
            onHide={(id) => hide([id])}
          />
        </div>
      </div>
    </Panel>
  );
}

function SelectedArrow({ arrow, graph }: { arrow: Arrow; graph: Graph }) {
  const subject = graph.entities.get(arrow.subject);
  const object = graph.entities.get(arrow.object);
  return subject && object ? <ArrowCard arrow={arrow} subject={subject} object={object} /> : null;
}

/** The answer, and what it grew to with each addition. */
function grown(answered: Graph, added: readonly Added[]): Graph[] {
  const stages = [answered];
  for (const { graph } of added) {
    // What is new comes last, as it does on the canvas: where labels compete for room, the order decides.
    stages.push(union(graph, stages.at(-1) ?? answered));
  }
  return stages;
}

function useShown(whole: Graph, drawing: Drawing): Graph {
  const { hidden, hiddenKinds } = drawing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing else of the drawing says what is shown
  return useMemo(() => shownOf(whole, drawing), [whole, hidden, hiddenKinds]);
}

function withPins(positions: Positions, { pins }: Drawing): Positions {
  const pinned = Object.entries(pins).filter(([id]) => positions.has(id));
  return new Map([...positions, ...pinned.map(([id, { x, y }]) => [id, { x, y }] as const)]);
}

function expandText(additions: readonly Addition[], added: readonly Added[], id: string): string {
  const nLeftOut = lastExpansion(additions, added, id)?.added?.nLeftOut;
  return nLeftOut ? `Expand further (${nLeftOut} left out)` : 'Expand';
}
