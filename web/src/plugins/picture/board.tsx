import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';

import { type Graph, graphOf, union } from '../../answer/graph';
import type { Identified } from '../../answer/use-identified';
import { Empty, Panel, Problem } from '../../parts/panel';
import { type Added, expansionOf, idsOf, lastExpansion, linksAmong } from './additions';
import { Canvas, type View } from './canvas';
import { ArrowCard, EntityCard } from './cards';
import type { Addition, Drawing } from './drawing';
import { type Arrow, arrowsOf, counted, shownOf, sumOf } from './elements';
import type { Positions } from './layout';
import { Legend } from './legend';
import { EntityList } from './list';
import { Toolbar, ViewButtons } from './toolbar';
import { useAdditions } from './use-additions';
import { questionOf, useDrawing } from './use-drawing';
import { usePositions } from './use-positions';
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
  const { added, isLoading, problem, retry } = useAdditions(drawing.additions);
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

  function goTo(type: 'undo' | 'redo') {
    step({ type });
    setSaid(type === 'undo' ? 'Undone.' : 'Done again.');
  }

  function showFromList(id: string, isMore: boolean) {
    select(id, isMore);
    view?.show(id);
  }

  function onKeyDown(event: KeyboardEvent) {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
    if (event.key === 'Escape' && (selected.length > 0 || pathsFrom)) {
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
  const links = () => step({ type: 'add', addition: linksAmong([...shown.entities.keys()]) });
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
            onLinks={links}
          />
          {whole.statements.size === 0 && whole.entities.size > 1 && (
            <p className="picture-hint">
              The answer holds no statements between these entities.{' '}
              <button type="button" className="panel-button" onClick={links}>
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
          <p className="picture-status" role="status">
            {pathsFrom ? `Now select the entity to which paths from ${nameOf(pathsFrom)} lead.` : said}
            {(isAtWork || isLoading) && ' …'}
          </p>
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

/** What changed last, in words; what additions brought is told as soon as they are there. */
function useAnnouncement(
  stages: readonly Graph[],
  additions: readonly Addition[],
  added: readonly Added[],
): [string, (text: string) => void] {
  const [said, setSaid] = useState('');
  const nTold = useRef(added.length);
  useEffect(() => {
    const i = added.length - 1;
    const [before, after, addition] = [stages[i], stages[i + 1], additions[i]];
    if (added.length > nTold.current && before && after && addition) {
      setSaid(tellOf(addition, added[i], before, after));
    }
    nTold.current = added.length;
  }, [stages, additions, added]);
  return [said, setSaid];
}

function tellOf(addition: Addition, added: Added | undefined, before: Graph, after: Graph): string {
  const more = `${counted(after.entities.size - before.entities.size, 'entity', 'entities')} and ${counted(
    after.statements.size - before.statements.size,
    'statement',
    'statements',
  )} more.`;
  const remark = added?.remark ? ` ${added.remark}` : '';
  switch (addition.type) {
    case 'neighbors':
      return `Neighbors of ${after.entities.get(addition.of)?.name}: ${more}${remark}`;
    case 'links':
      return `What links them: ${more}${remark}`;
    case 'paths':
      return `${counted(added?.ways.length ?? 0, 'path', 'paths')} found: ${more}`;
  }
}

/**
 * The focus stays in the picture when that goes on which it was: a button of a card whose entity is hidden, say. Else the
 * keys for undoing that would reach nobody.
 */
function useKeptFocus(root: RefObject<HTMLElement | null>) {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    if (document.activeElement === document.body && last.current && !last.current.isConnected) {
      root.current?.focus({ preventScroll: true });
    }
    last.current = root.current?.contains(document.activeElement) ? document.activeElement : null;
  });
  useEffect(() => {
    const element = root.current;
    const note = ({ target }: FocusEvent) => {
      last.current = target as Element;
    };
    element?.addEventListener('focusin', note);
    return () => element?.removeEventListener('focusin', note);
  }, [root]);
}

/** The paths that were found last, until the reader closes them, and which of them is singled out. */
function useWays(additions: readonly Addition[], added: readonly Added[]) {
  const i = additions.map((addition, at) => addition.type === 'paths' && added[at] !== undefined).lastIndexOf(true);
  const [closed, setClosed] = useState<Addition | null>(null);
  const [singled, setSingled] = useState<{ of: Addition; way: number } | null>(null);

  const addition = additions[i];
  const isOpen = addition?.type === 'paths' && closed !== addition;
  const ways = isOpen ? added[i]?.ways : undefined;
  const way = singled !== null && singled.of === addition ? singled.way : null;
  const ids = useMemo(() => idsOf((ways ?? []).filter((_, at) => way === null || at === way)), [ways, way]);
  return {
    found: isOpen && ways ? { from: addition.from, to: addition.to, ways } : null,
    ids,
    singled: way,
    single: useCallback(
      (at: number | null) => setSingled(addition && at !== null ? { of: addition, way: at } : null),
      [addition],
    ),
    close: () => addition && setClosed(addition),
    reopen: () => setClosed(null),
  };
}
