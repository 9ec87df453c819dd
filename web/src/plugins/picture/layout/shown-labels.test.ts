import cytoscape, { type ElementDefinition } from 'cytoscape';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { keepLabelsApart } from './labels';
import { shownLabels } from './shown-labels';

/** Without a canvas, a letter is reckoned 5.5 px wide at 10 px: ten letters are 55 px. */
function picture(elements: ElementDefinition[]) {
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [
      {
        selector: 'node',
        style: {
          label: 'data(label)',
          width: 20,
          height: 20,
          'font-size': 10,
          'text-valign': 'bottom',
          'text-margin-y': 4,
          'text-wrap': 'wrap',
          'text-max-width': '100px',
        },
      },
      { selector: 'edge', style: { label: 'data(label)', 'font-size': 10 } },
    ],
    elements,
    layout: { name: 'preset', fit: false },
  });
  // Without a container, nothing is in view.
  vi.spyOn(cy, 'extent').mockReturnValue({ x1: -500, y1: -500, x2: 500, y2: 500, w: 1000, h: 1000 });
  return cy;
}

const TEN = 'ten letter';
const at = (id: string, x: number, y: number) => ({ data: { id, label: TEN }, position: { x, y } });
const edge = (source: string, target: string) => ({
  data: { id: `${source}${target}`, source, target, label: `${source}${target}` },
});

describe('the labels that are to be seen', () => {
  it('are all when they have room', () => {
    const cy = picture([at('a', 0, 0), at('b', 200, 0), edge('a', 'b')]);
    const shown = shownLabels(cy, 1);
    expect([...shown].map(([id, { scale, box }]) => [id, scale, box])).toEqual([
      ['a', 1, { x1: -27.5, y1: 14, x2: 27.5, y2: 24 }],
      ['b', 1, { x1: 172.5, y1: 14, x2: 227.5, y2: 24 }],
      ['ab', 1, { x1: 94.5, y1: -5, x2: 105.5, y2: 5 }],
    ]);
  });

  it('are those of the more linked when they lie over each other', () => {
    const cy = picture([
      at('a', 0, 0),
      at('b', 50, 0),
      at('c', 300, 0),
      at('d', 400, 0),
      edge('b', 'c'),
      edge('b', 'd'),
    ]);
    expect([...shownLabels(cy, 1).keys()].filter((id) => id.length === 1)).toEqual(['b', 'c', 'd']);
  });

  it('are first those of what is selected', () => {
    const cy = picture([at('a', 0, 0), at('b', 50, 0), at('c', 300, 0), edge('b', 'c')]);
    cy.getElementById('a').select();
    expect([...shownLabels(cy, 1).keys()]).toEqual(['a', 'c', 'bc']);
  });

  it('cover no entity but a less linked one', () => {
    // The label of the upper one would lie over the lower one.
    const alike = picture([at('a', 0, 0), at('b', 0, 20)]);
    expect([...shownLabels(alike, 1).keys()]).toEqual(['b']);
    const more = picture([at('a', 0, 0), at('b', 0, 20), at('c', 300, 0), edge('a', 'c')]);
    expect([...shownLabels(more, 1).keys()]).toEqual(['a', 'c', 'b', 'ac']);
  });

  it('grow when the picture is small, those of edges go', () => {
    const cy = picture([at('a', 0, 0), at('b', 2000, 0), edge('a', 'b')]);
    const shown = shownLabels(cy, 0.1);
    expect([...shown.keys()]).toEqual(['a', 'b']);
    const { scale, box } = shown.get('a') ?? { scale: Number.NaN, box: undefined };
    // Nine pixels high on the screen, or one step more.
    expect(scale * 10 * 0.1).toBeGreaterThanOrEqual(9);
    expect(scale * 10 * 0.1).toBeLessThan(9 * 1.15);
    expect(box).toEqual({ x1: -27.5 * scale, y1: 14, x2: 27.5 * scale, y2: 14 + 10 * scale });
  });
});

describe('labels that are kept apart', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const settled = () => vi.advanceTimersByTime(200);
  const opacities = (cy: cytoscape.Core) =>
    Object.fromEntries(cy.nodes().map((node) => [node.id(), Number(node.style('text-opacity'))]));

  it('vanish and come back with the zoom, with the size that the stylesheet says', () => {
    const cy = picture([at('a', 0, 0), at('b', 70, 0)]);
    const stop = keepLabelsApart(cy);
    settled();
    expect(opacities(cy)).toEqual({ a: 1, b: 1 });
    cy.zoom(0.3);
    settled();
    expect(opacities(cy)).toEqual({ a: 1, b: 0 });
    expect(cy.getElementById('a').numericStyle('font-size')).toBeGreaterThan(30);
    cy.zoom(1);
    settled();
    expect(opacities(cy)).toEqual({ a: 1, b: 1 });
    expect(cy.getElementById('a').numericStyle('font-size')).toBe(10);
    stop();
  });

  it('follow what is moved, added and selected', () => {
    const cy = picture([at('a', 0, 0), at('b', 70, 0)]);
    keepLabelsApart(cy);
    cy.getElementById('b').position({ x: 30, y: 0 });
    settled();
    expect(opacities(cy)).toEqual({ a: 1, b: 0 });
    cy.getElementById('b').select();
    settled();
    expect(opacities(cy)).toEqual({ a: 0, b: 1 });
    cy.add(at('c', 100, 0));
    cy.getElementById('b').remove();
    settled();
    expect(opacities(cy)).toEqual({ a: 1, c: 1 });
  });

  it('are as before when it stops', () => {
    const cy = picture([at('a', 0, 0), at('b', 30, 0)]);
    const stop = keepLabelsApart(cy);
    settled();
    expect(opacities(cy)).toEqual({ a: 1, b: 0 });
    stop();
    cy.zoom(0.5);
    settled();
    expect(opacities(cy)).toEqual({ a: 1, b: 1 });
  });
});
