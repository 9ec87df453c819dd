import type { Core, EdgeSingular, NodeSingular, SingularElementReturnValue } from 'cytoscape';

import { courseOf } from '../layout/course';
import { type Label, labelOf, scaled } from '../layout/label';
import { shownLabels } from '../layout/labels';
import { around, grown, type Rectangle, turned } from '../layout/rectangle';
import { headSize, heads, linePath } from './arrows';
import { n, outline } from './shapes';
import { xml } from './xml';

const MARGIN = 16;

/**
 * The whole picture as a file that stands for itself: at its natural size, with the labels that have room then, on the
 * background that it has on the page.
 */
export function toSvg(cy: Core): string {
  const scales = shownLabels(cy, 1);
  const extent = new Extent();
  const edges = inOrder(cy.edges().toArray() as EdgeSingular[]).map((edge) => drawnEdge(edge, extent));
  const nodes = inOrder(cy.nodes().toArray() as NodeSingular[]).map((node) => drawnNode(node, extent));
  const labels = (inOrder([...cy.edges().toArray(), ...cy.nodes().toArray()]) as (NodeSingular | EdgeSingular)[]).map(
    (element) => drawnLabel(element, scales.get(element.id()) ?? 0, extent),
  );

  const { x, y, width, height } = extent.around(MARGIN);
  const box = `${n(x)} ${n(y)} ${n(width)} ${n(height)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="${box}">
<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${xml(background(cy))}"/>
${[...edges, ...nodes, ...labels].filter(Boolean).join('\n')}
</svg>
`;
}

function inOrder<Element extends NodeSingular | EdgeSingular | SingularElementReturnValue>(
  elements: Element[],
): Element[] {
  return elements
    .filter((element) => element.visible())
    .sort((a, b) => a.numericStyle('z-index') - b.numericStyle('z-index'));
}

function drawnEdge(edge: EdgeSingular, extent: Extent): string {
  const course = courseOf(edge);
  const reach = Math.max(edge.numericStyle('width'), headSize(edge));
  for (const { x, y } of [course.source, course.target, course.middle, ...course.bends]) {
    extent.add(around(x, y, reach, reach));
  }
  const color = String(edge.style('line-color'));
  const width = n(edge.numericStyle('width'));
  const opacity = shade('opacity', edge.effectiveOpacity() * Number(edge.style('line-opacity')));
  const line = `<path d="${linePath(edge, course)}" fill="none" stroke="${color}" stroke-width="${width}"${dashes(edge)}/>`;
  return `<g${opacity}>${line}${heads(edge, course)}</g>`;
}

function dashes(edge: EdgeSingular): string {
  switch (edge.style('line-style')) {
    case 'dashed':
      return ` stroke-dasharray="${[edge.style('line-dash-pattern')].flat().join(' ').replaceAll(',', ' ')}"`;
    case 'dotted':
      return ' stroke-dasharray="1 1"';
    default:
      return '';
  }
}

function drawnNode(node: NodeSingular, extent: Extent): string {
  const { x, y } = node.position();
  extent.add(around(x, y, node.outerWidth(), node.outerHeight()));
  const borderWidth = node.numericStyle('border-width');
  const fill = `fill="${node.style('background-color')}"${shade('fill-opacity', Number(node.style('background-opacity')))}`;
  const border =
    borderWidth > 0
      ? ` stroke="${node.style('border-color')}" stroke-width="${n(borderWidth)}"` +
        shade('stroke-opacity', Number(node.style('border-opacity'))) +
        borderDashes(String(node.style('border-style')))
      : '';
  return `${outline(node)} ${fill}${border}${shade('opacity', node.effectiveOpacity())}/>`;
}

function borderDashes(style: string): string {
  switch (style) {
    case 'dashed':
      return ' stroke-dasharray="4 2"';
    case 'dotted':
      return ' stroke-dasharray="1 1"';
    default:
      return '';
  }
}

function drawnLabel(element: NodeSingular | EdgeSingular, scale: number, extent: Extent): string {
  const label = scale > 0 ? labelOf(element) : undefined;
  if (!label) {
    return '';
  }
  const box = scaled(label, scale);
  const padding = element.numericStyle('text-background-padding');
  const outlineWidth = element.numericStyle('text-outline-width');
  extent.add(grown(turned(box, label.angle), padding + outlineWidth));
  const middle = `${n((box.x1 + box.x2) / 2)} ${n((box.y1 + box.y2) / 2)}`;
  const turn = label.angle === 0 ? '' : ` transform="rotate(${n((label.angle * 180) / Math.PI)} ${middle})"`;
  const opacity = shade('opacity', element.effectiveOpacity());
  return `<g${turn}${opacity}>${backdrop(element, grown(box, padding))}${text(element, label, box, scale, outlineWidth)}</g>`;
}

function backdrop(element: NodeSingular | EdgeSingular, { x1, y1, x2, y2 }: Rectangle): string {
  const opacity = Number(element.style('text-background-opacity'));
  if (opacity === 0) {
    return '';
  }
  const round = String(element.style('text-background-shape')).includes('round') ? ' rx="2"' : '';
  const fill = `fill="${element.style('text-background-color')}"${shade('fill-opacity', opacity)}`;
  return `<rect x="${n(x1)}" y="${n(y1)}" width="${n(x2 - x1)}" height="${n(y2 - y1)}"${round} ${fill}/>`;
}

/** How far the bottom of a line lies below its letters' feet, as a share of their size. */
const DESCENT = 0.22;

function text(
  element: NodeSingular | EdgeSingular,
  { lines, fontSize, lineHeight, fontFamily, fontStyle, fontWeight, anchor }: Label,
  box: Rectangle,
  scale: number,
  outlineWidth: number,
): string {
  const x = box.x1 + anchor.x * (box.x2 - box.x1);
  const aligned = anchor.x === 0.5 ? 'middle' : anchor.x === 0 ? 'start' : 'end';
  const first = box.y1 + fontSize * scale * (1 - DESCENT);
  const spans = lines.map(
    (line, i) => `<tspan x="${n(x)}" y="${n(first + i * lineHeight * scale)}">${xml(line)}</tspan>`,
  );
  const stroke =
    outlineWidth > 0
      ? ` stroke="${element.style('text-outline-color')}" stroke-width="${n(2 * outlineWidth)}"` +
        `${shade('stroke-opacity', Number(element.style('text-outline-opacity')))} stroke-linejoin="round" paint-order="stroke"`
      : '';
  const style = `${fontStyle === 'normal' ? '' : ` font-style="${fontStyle}"`}${fontWeight === 'normal' ? '' : ` font-weight="${fontWeight}"`}`;
  return (
    `<text font-family="${xml(fontFamily)}" font-size="${n(fontSize * scale)}"${style} text-anchor="${aligned}"` +
    ` fill="${element.style('color')}"${stroke}>${spans.join('')}</text>`
  );
}

function shade(attribute: string, opacity: number): string {
  return opacity >= 1 || Number.isNaN(opacity) ? '' : ` ${attribute}="${n(opacity)}"`;
}

/** What is behind the picture on the page. */
function background(cy: Core): string {
  for (let element = cy.container(); element; element = element.parentElement) {
    const color = getComputedStyle(element).backgroundColor;
    if (color && color !== 'transparent' && !/^rgba\(.*, 0\)$/.test(color)) {
      return color;
    }
  }
  return '#ffffff';
}

/** Grows around all that is drawn. */
class Extent {
  #x1 = Number.POSITIVE_INFINITY;
  #y1 = Number.POSITIVE_INFINITY;
  #x2 = Number.NEGATIVE_INFINITY;
  #y2 = Number.NEGATIVE_INFINITY;

  add({ x1, y1, x2, y2 }: Rectangle): void {
    this.#x1 = Math.min(this.#x1, x1);
    this.#y1 = Math.min(this.#y1, y1);
    this.#x2 = Math.max(this.#x2, x2);
    this.#y2 = Math.max(this.#y2, y2);
  }

  around(margin: number): { x: number; y: number; width: number; height: number } {
    if (this.#x1 > this.#x2) {
      return { x: 0, y: 0, width: 2 * margin, height: 2 * margin };
    }
    const [x, y] = [this.#x1 - margin, this.#y1 - margin];
    return { x, y, width: this.#x2 + margin - x, height: this.#y2 + margin - y };
  }
}
