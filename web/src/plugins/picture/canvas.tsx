import cytoscape from 'cytoscape';
import { useEffect, useRef, useState } from 'react';

import type { Graph } from '../../answer/graph';
import { type Arrow, arrowLabel, attitudeOf, besideOthers, labelOf } from './elements';
import type { Positions } from './layout';
import { fit as bringIntoView } from './layout/fit';
import { keepLabelsApart } from './layout/labels';
import { looksOf } from './looks';
import { useTheme } from './theme';

/** What the canvas shows. */
export interface Drawn {
  readonly graph: Graph;
  readonly arrows: readonly Arrow[];
  /** Where things stand, pins included; what has no place here is not drawn. */
  readonly positions: Positions;
  /** Another object when all was laid out anew: the whole picture is then brought into view. */
  readonly layout: unknown;
  readonly selected: readonly string[];
  readonly pinned: ReadonlySet<string>;
  /** What lies on the ways that are shown. */
  readonly onWays: ReadonlySet<string>;
}

/** What the reader does on it. */
export interface Handlers {
  /** `null`: nothing. `isMore`: in addition to what is selected. */
  readonly onSelect: (id: string | null, isMore: boolean) => void;
  readonly onExpand: (id: string) => void;
  readonly onPin: (id: string, at: cytoscape.Position) => void;
}

/** What buttons beside it do. */
export interface View {
  readonly cy: cytoscape.Core;
  readonly zoomBy: (factor: number) => void;
  readonly fitAll: () => void;
  /** Brings it into the middle. */
  readonly show: (id: string) => void;
}

const ANIMATED_MAX = 300;
const ANIMATION_MS = 250;

/** The picture itself. It says nothing to a screen reader but its label: a list beside it has all that it shows. */
export function Canvas({
  drawn,
  label,
  isLarge,
  handlers,
  onView,
}: {
  drawn: Drawn;
  label: string;
  /** Many arrows. Does not change in the life of a canvas: the renderer is started with it. */
  isLarge: boolean;
  handlers: Handlers;
  onView: (view: View | null) => void;
}) {
  const container = useRef<HTMLDivElement>(null);
  const [cy, setCy] = useState<cytoscape.Core | null>(null);
  const [tip, setTip] = useState<{ text: string; x: number; y: number } | null>(null);
  const theme = useTheme();
  const latest = useRef({ handlers, drawn, theme });
  useEffect(() => {
    latest.current = { handlers, drawn, theme };
  });

  useEffect(() => {
    if (!container.current) {
      return;
    }
    const created = cytoscape({
      container: container.current,
      style: looksOf(latest.current.theme),
      // Selections come from the state beside it.
      autounselectify: true,
      boxSelectionEnabled: false,
      minZoom: 0.02,
      maxZoom: 4,
      hideEdgesOnViewport: isLarge,
      textureOnViewport: isLarge,
      pixelRatio: isLarge ? 1 : 'auto',
    });
    const stopLabels = keepLabelsApart(created);
    const stopResizing = keepFitted(created, container.current);
    listen(created, () => latest.current.handlers, setTip);
    setCy(created);
    onView(viewOf(created));
    return () => {
      onView(null);
      setCy(null);
      stopLabels();
      stopResizing();
      created.destroy();
    };
  }, [isLarge, onView]);

  useEffect(() => {
    cy?.style(looksOf(theme));
  }, [cy, theme]);

  const { graph, arrows, positions, layout, selected, pinned, onWays } = drawn;
  useEffect(() => {
    if (cy) {
      draw(cy, graph, arrows, positions);
    }
  }, [cy, graph, arrows, positions]);

  useEffect(() => {
    // After what was drawn for it has its place.
    if (cy && layout) {
      if (!fitted.has(cy)) {
        fitAll(cy);
        return undefined;
      }
      return whenStill(cy, () => fitAll(cy));
    }
    return undefined;
  }, [cy, layout]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn anew has to be marked anew
  useEffect(() => {
    cy?.batch(() => {
      const isSelected = new Set(selected);
      cy.autounselectify(false);
      cy.elements().forEach((element) => {
        mark(element, 'pinned', pinned.has(element.id()));
        mark(element, 'way', onWays.has(element.id()));
        if (element.selected() !== isSelected.has(element.id())) {
          element[isSelected.has(element.id()) ? 'select' : 'unselect']();
        }
      });
      cy.autounselectify(true);
    });
  }, [cy, graph, arrows, positions, selected, pinned, onWays]);

  return (
    <div className="picture-canvas">
      <div ref={container} className="picture-drawing" role="img" aria-label={label} />
      {tip && (
        <div className="picture-tip" style={{ left: tip.x, top: tip.y }} aria-hidden="true">
          {tip.text}
        </div>
      )}
    </div>
  );
}

function mark(
  element: cytoscape.CollectionReturnValue | cytoscape.SingularElementReturnValue,
  name: string,
  isMarked: boolean,
) {
  if (element.hasClass(name) !== isMarked) {
    element.toggleClass(name, isMarked);
  }
}

/** Adds, removes and moves what differs. */
function draw(cy: cytoscape.Core, { entities }: Graph, arrows: readonly Arrow[], positions: Positions) {
  const isAnimated = cy.nodes().length <= ANIMATED_MAX && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  cy.batch(() => {
    const placed = [...entities.values()].filter(({ id }) => positions.has(id));
    const wanted = new Map<string, cytoscape.ElementDefinition>();
    for (const { id, kind, name } of placed) {
      const position = { ...(positions.get(id) as cytoscape.Position) };
      wanted.set(id, { data: { id, name, label: labelOf(name) }, classes: kind, position });
    }
    const besides = besideOthers(arrows);
    for (const arrow of arrows) {
      const { id, subject, object, predicate, isInferred } = arrow;
      if (wanted.has(subject) && wanted.has(object)) {
        const data = { id, source: subject, target: object, label: arrowLabel(arrow) };
        const classes = [attitudeOf(predicate), isInferred && 'inferred', besides.has(id) && 'curved'];
        wanted.set(id, { data, classes: classes.filter((name) => name !== false) });
      }
    }
    cy.elements()
      .filter((element) => !wanted.has(element.id()))
      .remove();
    const added: cytoscape.ElementDefinition[] = [];
    for (const [id, element] of wanted) {
      const there = cy.getElementById(id);
      if (there.empty()) {
        added.push(element);
      } else if (element.position) {
        move(there, element.position, isAnimated);
      } else {
        if (there.data('label') !== element.data.label) {
          there.data('label', element.data.label);
        }
        mark(there, 'inferred', element.classes?.includes('inferred') ?? false);
        mark(there, 'curved', element.classes?.includes('curved') ?? false);
      }
    }
    cy.add(added);
  });
}

function move(node: cytoscape.NodeSingular, to: cytoscape.Position, isAnimated: boolean) {
  const { x, y } = node.position();
  if (x !== to.x || y !== to.y) {
    node.stop();
    if (isAnimated) {
      node.animate({ position: { ...to } }, { duration: ANIMATION_MS });
    } else {
      node.position({ ...to });
    }
  }
}

/** Calls back when nothing moves any more, however long that takes on a busy machine. Returns what gives that up. */
function whenStill(cy: cytoscape.Core, onStill: () => void): () => void {
  let frame = 0;
  const look = (nFrames: number) => {
    frame = requestAnimationFrame(() => {
      // What was told to move is known to do so from the next frame on.
      const isMoving = nFrames < 2 || (!cy.destroyed() && cy.nodes(':animated').nonempty());
      if (isMoving) {
        look(nFrames + 1);
      } else {
        onStill();
      }
    });
  };
  look(0);
  return () => cancelAnimationFrame(frame);
}

function listen(
  cy: cytoscape.Core,
  handlers: () => Handlers,
  setTip: (tip: { text: string; x: number; y: number } | null) => void,
) {
  cy.on('tap', ({ target, originalEvent }) => {
    const isMore = (originalEvent as MouseEvent | undefined)?.shiftKey === true;
    handlers().onSelect(target === cy ? null : target.id(), isMore);
  });
  cy.on('dbltap', 'node', ({ target }) => handlers().onExpand(target.id()));
  cy.on('dragfree', 'node', ({ target }) => handlers().onPin(target.id(), { ...target.position() }));
  cy.on('mouseover', 'node, edge', ({ target }) => {
    const container = cy.container();
    if (container) {
      container.style.cursor = 'pointer';
    }
    const { x, y } = target.isNode() ? target.renderedPosition() : target.renderedMidpoint();
    const text = target.isNode()
      ? target.data('name')
      : `${target.source().data('name')} ${target.data('label')} ${target.target().data('name')}`;
    setTip({ text, x, y });
  });
  cy.on('mouseout drag pan zoom', () => {
    const container = cy.container();
    if (container) {
      container.style.cursor = '';
    }
    setTip(null);
  });
}

/** As the panel grows or shrinks, the whole picture stays in view, until the reader moves it. */
function keepFitted(cy: cytoscape.Core, container: HTMLElement): () => void {
  cy.on('dragpan scrollzoom pinchzoom', () => {
    fitted.set(cy, false);
  });
  const observer = new ResizeObserver(() => {
    cy.resize();
    if (fitted.get(cy)) {
      fitAll(cy);
    }
  });
  observer.observe(container);
  return () => observer.disconnect();
}

/**
 * Whether all is in view because nobody moved it; not there before there was anything. (In cytoscape's own scratch space
 * it would be a change after which every style is reckoned anew.)
 */
const fitted = new WeakMap<cytoscape.Core, boolean>();

function fitAll(cy: cytoscape.Core) {
  if (!cy.destroyed() && cy.elements().nonempty()) {
    fitted.set(cy, true);
    bringIntoView(cy);
  }
}

function viewOf(cy: cytoscape.Core): View {
  return {
    cy,
    fitAll: () => fitAll(cy),
    zoomBy: (factor) => {
      fitted.set(cy, false);
      cy.stop();
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    },
    show: (id) => {
      const element: cytoscape.CollectionReturnValue = cy.getElementById(id);
      if (element.nonempty()) {
        fitted.set(cy, false);
        cy.stop();
        const { x, y } =
          element.group() === 'nodes' ? element.position() : (element as cytoscape.EdgeSingular).midpoint();
        const zoom = Math.max(cy.zoom(), 0.6);
        cy.viewport({ zoom, pan: { x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom } });
      }
    },
  };
}
