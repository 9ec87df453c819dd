import type cytoscape from 'cytoscape';

import { ENTITY_KINDS } from '../../answer/graph';
import type { EntityKind } from '../../graphql.generated';
import { type Attitude, LABEL_GAP, LABEL_SIZE, LINE_HEIGHT, NODE_SIZE } from './elements';
import type { Theme } from './theme';

/** Shapes that can be told apart without their colours. */
export const SHAPES: Readonly<Record<EntityKind, cytoscape.Css.NodeShape>> = {
  ORGANIZATION: 'ellipse',
  LAW: 'round-rectangle',
  CLAIM: 'diamond',
  STUDY: 'hexagon',
  JURISDICTION: 'triangle',
  TOPIC: 'tag',
};

/** Lines and heads that can be told apart without their colours. */
export const LINES: Readonly<
  Record<Attitude, { readonly line: 'solid' | 'dashed' | 'dotted'; readonly head: cytoscape.Css.ArrowShape }>
> = {
  for: { line: 'solid', head: 'triangle' },
  against: { line: 'dashed', head: 'tee' },
  neither: { line: 'dotted', head: 'circle' },
  none: { line: 'solid', head: 'vee' },
};

const ATTITUDES: readonly Attitude[] = ['for', 'against', 'neither', 'none'];

/** How everything looks on the canvas. */
export function looksOf(theme: Theme): cytoscape.StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        width: NODE_SIZE,
        height: NODE_SIZE,
        label: 'data(label)',
        color: theme.text,
        'font-family': theme.font,
        'font-size': LABEL_SIZE,
        'line-height': LINE_HEIGHT,
        'text-wrap': 'wrap',
        // Its lines are broken by `labelOf`, none of which is as long.
        'text-max-width': '300px',
        'text-valign': 'bottom',
        'text-margin-y': LABEL_GAP,
        'text-background-color': theme.surface,
        'text-background-opacity': 0.75,
        'border-color': theme.text,
        'border-width': 0,
      },
    },
    ...ENTITY_KINDS.map((kind) => ({
      selector: `node.${kind}`,
      style: { shape: SHAPES[kind], 'background-color': theme.kinds[kind] },
    })),
    { selector: 'node.pinned', style: { 'border-width': 3, 'border-style': 'double' } },
    {
      selector: 'edge',
      style: {
        'curve-style': 'straight',
        label: 'data(label)',
        color: theme.text,
        'font-family': theme.font,
        'font-size': 10,
        'text-background-color': theme.surface,
        'text-background-opacity': 0.9,
        'text-background-padding': '1px',
        'arrow-scale': 1.1,
      },
    },
    ...ATTITUDES.map((attitude) => ({
      selector: `edge.${attitude}`,
      style: {
        width: attitude === 'none' ? 1.2 : 2,
        'line-style': LINES[attitude].line,
        'line-color': theme.attitudes[attitude],
        'target-arrow-shape': LINES[attitude].head,
        'target-arrow-color': theme.attitudes[attitude],
        'source-arrow-color': theme.attitudes[attitude],
      },
    })),
    // Only those that would lie over others: curves take their time.
    {
      selector: 'edge.curved',
      style: { 'curve-style': 'bezier', 'control-point-step-size': 44, 'loop-direction': '-45deg' },
    },
    // A hollow tail, because every head is taken by what the statement says.
    { selector: 'edge.inferred', style: { 'source-arrow-shape': 'circle', 'source-arrow-fill': 'hollow' } },
    {
      selector: '.way',
      style: { 'underlay-color': theme.way, 'underlay-opacity': 0.55, 'underlay-padding': 6 },
    },
    {
      selector: 'node:selected',
      style: {
        'border-width': 3,
        'border-style': 'solid',
        'outline-color': theme.focus,
        'outline-width': 3,
        'outline-offset': 1,
        'font-weight': 'bold',
      },
    },
    {
      selector: 'edge:selected',
      style: { width: 4, 'font-weight': 'bold', 'overlay-color': theme.focus, 'overlay-opacity': 0.3 },
    },
  ];
}
