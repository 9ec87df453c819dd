import type { EdgeSingular, NodeSingular } from 'cytoscape';

import { courseOf, uprightAngle } from './course';
import type { Rectangle } from './rectangle';
import { linesOf, widthOf } from './text';

/** The label of an element at its natural size, which is that of the stylesheet, however large it is drawn now. */
export interface Label {
  readonly lines: readonly string[];
  readonly fontSize: number;
  /** From one line to the next. */
  readonly lineHeight: number;
  /** `bold`, `600`, … */
  readonly fontWeight: string;
  readonly fontStyle: string;
  readonly fontFamily: string;
  /** In the picture's coordinates, as if it were not turned. */
  readonly box: Rectangle;
  /** In radians, around the middle of the box. */
  readonly angle: number;
  /** The point of the box that stays where it is when the label grows, as shares of its width and height. */
  readonly anchor: { readonly x: number; readonly y: number };
}

/** What the stylesheet says. */
interface Natural {
  readonly fontSize: number;
  readonly maxWidth: number;
}

/** How a label is drawn. */
export interface Drawn {
  readonly scale: number;
  readonly natural: Natural;
}

/**
 * How the label of an element is drawn, once that was not as the stylesheet says. (In cytoscape's own scratch space it
 * would be a change after which every style is reckoned anew.)
 */
export const drawnLabels = new WeakMap<NodeSingular | EdgeSingular, Drawn>();

export function naturalOf(element: NodeSingular | EdgeSingular): Natural {
  return (
    drawnLabels.get(element)?.natural ?? {
      fontSize: element.numericStyle('font-size'),
      maxWidth: element.numericStyle('text-max-width'),
    }
  );
}

export function labelOf(element: NodeSingular | EdgeSingular): Label | undefined {
  const text = element.style('label') as string;
  if (!text) {
    return undefined;
  }
  const { fontSize, maxWidth } = naturalOf(element);
  const fontWeight = String(element.style('font-weight'));
  const fontStyle = String(element.style('font-style'));
  const fontFamily = String(element.style('font-family'));
  const font = `${fontStyle} ${fontWeight} 100px ${fontFamily}`;
  const lines = linesOf(text, font, fontSize, element.style('text-wrap') === 'wrap' ? maxWidth : undefined);
  const lineHeight = fontSize * (Number(element.style('line-height')) || 1);
  const width = Math.max(...lines.map((line) => widthOf(line, font, fontSize)));
  const height = fontSize + (lines.length - 1) * lineHeight;

  const place = element.isEdge() ? placeOfEdge(element as EdgeSingular) : placeOfNode(element as NodeSingular);
  const x1 = place.x + element.numericStyle('text-margin-x') - place.anchor.x * width;
  const y1 = place.y + element.numericStyle('text-margin-y') - place.anchor.y * height;
  const box = { x1, y1, x2: x1 + width, y2: y1 + height };
  return {
    lines,
    fontSize,
    lineHeight,
    fontWeight,
    fontStyle,
    fontFamily,
    box,
    angle: place.angle,
    anchor: place.anchor,
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: Label['anchor'];
  readonly angle: number;
}

function placeOfNode(node: NodeSingular): Place {
  const { x, y } = node.position();
  const padding = node.numericStyle('padding');
  const beside = { left: [-1, 1], center: [0, 0.5], right: [1, 0] } as const;
  const above = { top: [-1, 1], center: [0, 0.5], bottom: [1, 0] } as const;
  const [toX, anchorX] = beside[node.style('text-halign') as keyof typeof beside] ?? beside.center;
  const [toY, anchorY] = above[node.style('text-valign') as keyof typeof above] ?? above.center;
  return {
    x: x + toX * (node.width() / 2 + padding),
    y: y + toY * (node.height() / 2 + padding),
    anchor: { x: anchorX, y: anchorY },
    angle: 0,
  };
}

function placeOfEdge(edge: EdgeSingular): Place {
  const course = courseOf(edge);
  const isTurned = edge.style('text-rotation') === 'autorotate';
  return { ...course.middle, anchor: { x: 0.5, y: 0.5 }, angle: isTurned ? uprightAngle(course) : 0 };
}

/** The box `scale` times as large, about its anchor. */
export function scaled({ box, anchor }: Label, scale: number): Rectangle {
  const x = box.x1 + anchor.x * (box.x2 - box.x1);
  const y = box.y1 + anchor.y * (box.y2 - box.y1);
  return {
    x1: x + (box.x1 - x) * scale,
    y1: y + (box.y1 - y) * scale,
    x2: x + (box.x2 - x) * scale,
    y2: y + (box.y2 - y) * scale,
  };
}
