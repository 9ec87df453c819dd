import cytoscape, { type ElementDefinition, type StylesheetJson } from 'cytoscape';
import { expect, it } from 'vitest';

import { scaleFor } from './png';
import { toSvg } from './svg';

function picture(elements: ElementDefinition[], style: StylesheetJson = []) {
  return cytoscape({
    headless: true,
    styleEnabled: true,
    style: [
      {
        selector: 'node',
        style: {
          label: 'data(label)',
          width: 30,
          height: 30,
          'background-color': '#1d6fb8',
          'font-family': 'system-ui, "Noto Sans"',
          'font-size': 10,
          'line-height': 1.2,
          'text-wrap': 'wrap',
          'text-valign': 'bottom',
          'text-margin-y': 4,
          color: '#1f2937',
        },
      },
      {
        selector: 'edge',
        style: {
          width: 2,
          'curve-style': 'straight',
          'line-style': 'dashed',
          'line-color': '#b91c1c',
          'target-arrow-shape': 'tee',
          'target-arrow-color': '#b91c1c',
        },
      },
      ...style,
    ],
    elements,
    layout: { name: 'preset' },
  });
}

const a = { data: { id: 'a', label: 'A & B\nof <C>' }, position: { x: 0, y: 0 } };
const b = { data: { id: 'b', label: '' }, position: { x: 100, y: 0 } };

it('draws shapes, lines with dashes and heads, and text that stands for itself', () => {
  const cy = picture([a, b, { data: { id: 'ab', source: 'a', target: 'b' } }]);
  expect(toSvg(cy)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="163.5" height="88" viewBox="-32.5 -31 163.5 88">
<rect x="-32.5" y="-31" width="163.5" height="88" fill="#ffffff"/>
<g><path d="M0,0L98.55,0" fill="none" stroke="rgb(185,28,28)" stroke-width="2" stroke-dasharray="6 3"/><g transform="translate(100 0) rotate(-90)" fill="rgb(185,28,28)"><polygon points="-4.35,0 -4.35,-2.9 4.35,-2.9 4.35,0"/></g></g>
<g><ellipse cx="0" cy="0" rx="15" ry="15" fill="rgb(29,111,184)"/></g>
<g><ellipse cx="100" cy="0" rx="15" ry="15" fill="rgb(29,111,184)"/></g>
<g><text font-family="system-ui, &quot;Noto Sans&quot;" font-size="10" text-anchor="middle" fill="rgb(31,41,55)"><tspan x="0" y="26.8">A &amp; B</tspan><tspan x="0" y="38.8">of &lt;C&gt;</tspan></text></g>
</svg>
`);
});

it('draws shapes as they are named, in the borders of the node', () => {
  const drawn = (style: Record<string, string | number>) => {
    const svg = toSvg(picture([b], [{ selector: 'node', style } as StylesheetJson[number]]));
    return svg.split('\n').filter((line) => line.startsWith('<g>'));
  };
  const fill = 'fill="rgb(29,111,184)"';
  expect(drawn({ shape: 'diamond' })).toEqual([`<g><polygon points="100,15 115,0 100,-15 85,0" ${fill}/></g>`]);
  expect(drawn({ shape: 'triangle' })).toEqual([`<g><polygon points="100,-15 85,15 115,15" ${fill}/></g>`]);
  expect(drawn({ shape: 'tag' })).toEqual([
    `<g><polygon points="85,-15 103.75,-15 115,0 103.75,15 85,15" ${fill}/></g>`,
  ]);
  expect(drawn({ shape: 'round-rectangle' })[0]).toMatch(/^<g><path d="M[^"]+Z" fill/);
  expect(drawn({ 'border-width': 3, 'border-style': 'double', 'border-color': '#000000' })).toEqual([
    `<g><ellipse cx="100" cy="0" rx="15" ry="15" ${fill} stroke="rgb(0,0,0)" stroke-width="3"/>` +
      '<ellipse cx="100" cy="0" rx="15" ry="15" fill="none" stroke="#ffffff" stroke-width="1"/></g>',
  ]);
  expect(drawn({ 'underlay-opacity': 0.5, 'underlay-padding': 5, 'underlay-color': '#ffff00' })[0]).toBe(
    `<g><ellipse cx="100" cy="0" rx="20" ry="20" fill="rgb(255,255,0)" opacity="0.5"/><ellipse cx="100" cy="0" rx="15" ry="15" ${fill}/></g>`,
  );
});

it('leaves out what is hidden, and has room for every label', () => {
  const cy = picture([a, b], [{ selector: '#b', style: { display: 'none' } }]);
  const svg = toSvg(cy);
  expect(svg.match(/<ellipse/g)).toHaveLength(1);
  // Seven letters of 5.5 px, and the margin, on both sides.
  const long = picture([{ data: { id: 'a', label: 'x'.repeat(40) }, position: { x: 0, y: 0 } }]);
  expect(toSvg(long)).toContain('viewBox="-126 -31 252 76"');
});

it('is empty when there is nothing', () => {
  expect(toSvg(picture([]))).toContain('viewBox="0 0 32 32"');
});

it('has a PNG of twice the size, as far as browsers can draw it', () => {
  expect(scaleFor(1000, 800)).toBe(2);
  expect(scaleFor(8192, 100)).toBe(1);
  expect(scaleFor(10_000, 10_000)).toBeCloseTo(0.4);
});
