import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';

import { courseOf } from '../layout/course';
import { scaled } from '../layout/label';
import { around, grown, type Rectangle } from '../layout/rectangle';
import { type ShownLabel, shownLabels } from '../layout/shown-labels';
import { headSize, heads, linePath } from './arrows';
import { n, outline } from './shapes';
import { xml } from './xml';

const MARGIN = 16;

/**
 * The whole picture as a file that stands for itself: at its natural size, with the labels that have room then, on the
 * background that it has on the page.
 */
export function toSvg(cy: Core): string {
  const extent = new Extent();
  const paper = xml(background(cy));
  const shown = shownLabels(cy, 1);
  const edges = inOrder(cy.edges(':visible').toArray() as EdgeSingular[]);
  const nodes = inOrder(cy.nodes(':visible').toArray() as NodeSingular[]);
  const drawn = [
    ...edges.map((edge) => drawnEdge(edge, extent)),
    ...nodes.map((node) => drawnNode(node, paper, extent)),
    ...[...edges, ...nodes].map((element) => drawnLabel(element, shown.get(element.id()), extent)),
  ];
  const { x, y, width, height } = extent.around(MARGIN);
  const box = `${n(x)} ${n(y)} ${n(width)} ${n(height)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="${box}">
<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${paper}"/>
${drawn.filter(Boolean).join('\n')}
</svg>
`;
}

/** What lies lower first. */
function inOrder<Element extends NodeSingular | EdgeSingular>(elements: Element[]): Element[] {
  return elements.sort((a, b) => a.numericStyle('z-index') - b.numericStyle('z-index'));
}

function drawnEdge(edge: EdgeSingular, extent: Extent): string {
  const course = courseOf(edge);
  const under = underlay(edge);
  const reach = Math.max(edge.numericStyle('width'), headSize(edge), 2 * (under?.padding ?? 0));
  for (const { x, y } of [course.source, course.target, course.middle, ...course.bends]) {
    extent.add(around(x, y, reach, reach));
  }
  const path = `<path d="${linePath(edge, course)}" fill="none"`;
  const marked = under
    ? `${path} stroke="${under.color}" stroke-width="${n(2 * under.padding)}" stroke-linecap="round"${under.opacity}/>`
    : '';
  const line = `${path} stroke="${edge.style('line-color')}" stroke-width="${n(edge.numericStyle('width'))}"${dashes(edge)}/>`;
  const opacity = shade('opacity', edge.effectiveOpacity() * Number(edge.style('line-opacity')));
  return `<g${opacity}>${marked}${line}${heads(edge, course)}</g>`;
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

function drawnNode(node: NodeSingular, paper: string, extent: Extent): string {
  const { x, y } = node.position();
  const under = underlay(node);
  const reach = 2 * (under?.padding ?? 0);
  extent.add(around(x, y, node.outerWidth() + reach, node.outerHeight() + reach));
  const shape = outline(node);
  const fill = `fill="${node.style('background-color')}"${shade('fill-opacity', Number(node.style('background-opacity')))}`;
  const drawn = [
    under ? `${outline(node, under.padding)} fill="${under.color}"${under.opacity}/>` : '',
    `${shape} ${fill}${border(node)}/>`,
    // Two lines: what is between them is taken away again.
    node.style('border-style') === 'double' && node.numericStyle('border-width') > 0
      ? `${shape} fill="none" stroke="${paper}" stroke-width="${n(node.numericStyle('border-width') / 3)}"/>`
      : '',
  ];
  return `<g${shade('opacity', node.effectiveOpacity())}>${drawn.join('')}</g>`;
}

function border(node: NodeSingular): string {
  const width = node.numericStyle('border-width');
  if (width === 0) {
    return '';
  }
  const dashes = { dashed: ' stroke-dasharray="4 2"', dotted: ' stroke-dasharray="1 1"' };
  const opacity = shade('stroke-opacity', Number(node.style('border-opacity')));
  const style = dashes[node.style('border-style') as keyof typeof dashes] ?? '';
  return ` stroke="${node.style('border-color')}" stroke-width="${n(width)}"${opacity}${style}`;
}

/** What marks an element from behind. */
function underlay(
  element: NodeSingular | EdgeSingular,
): { color: string; padding: number; opacity: string } | undefined {
  const opacity = Number(element.style('underlay-opacity'));
  return opacity > 0
    ? {
        color: String(element.style('underlay-color')),
        padding: element.numericStyle('underlay-padding'),
        opacity: shade('opacity', opacity),
      }
    : undefined;
}

function drawnLabel(element: NodeSingular | EdgeSingular, shown: ShownLabel | undefined, extent: Extent): string {
  if (!shown) {
    return '';
  }
  const box = scaled(shown.label, shown.scale);
  const padding = element.numericStyle('text-background-padding');
  extent.add(grown(shown.box, padding + element.numericStyle('text-outline-width')));
  const middle = `${n((box.x1 + box.x2) / 2)} ${n((box.y1 + box.y2) / 2)}`;
  const { angle } = shown.label;
  const turn = angle === 0 ? '' : ` transform="rotate(${n((angle * 180) / Math.PI)} ${middle})"`;
  const opacity = shade('opacity', element.effectiveOpacity());
  return `<g${turn}${opacity}>${backdrop(element, grown(box, padding))}${text(element, shown, box)}</g>`;
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

function text(element: NodeSingular | EdgeSingular, { label, scale }: ShownLabel, box: Rectangle): string {
  const { lines, lineHeight, fontFamily, fontStyle, fontWeight, anchor } = label;
  const fontSize = label.fontSize * scale;
  const x = n(box.x1 + anchor.x * (box.x2 - box.x1));
  const first = box.y1 + fontSize * (1 - DESCENT);
  const spans = lines.map((line, i) => `<tspan x="${x}" y="${n(first + i * lineHeight * scale)}">${xml(line)}</tspan>`);
  const attributes = [
    `font-family="${xml(fontFamily)}" font-size="${n(fontSize)}"`,
    fontStyle === 'normal' ? '' : `font-style="${fontStyle}"`,
    fontWeight === 'normal' ? '' : `font-weight="${fontWeight}"`,
    `text-anchor="${anchor.x === 0.5 ? 'middle' : anchor.x === 0 ? 'start' : 'end'}"`,
    `fill="${element.style('color')}"`,
    halo(element),
  ];
  return `<text ${attributes.filter(Boolean).join(' ')}>${spans.join('')}</text>`;
}

/** The outline of the letters, which lifts them off what is behind them. */
function halo(element: NodeSingular | EdgeSingular): string {
  const width = element.numericStyle('text-outline-width');
  const opacity = shade('stroke-opacity', Number(element.style('text-outline-opacity')));
  return width > 0
    ? `stroke="${element.style('text-outline-color')}" stroke-width="${n(2 * width)}"${opacity} stroke-linejoin="round" paint-order="stroke"`
    : '';
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
