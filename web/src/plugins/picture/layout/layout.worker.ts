import type { LayoutEdge, LayoutName, LayoutNode, LayoutOptions, Positions } from '.';
import { positions } from './positions';

export interface Request {
  readonly name: LayoutName;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  readonly options: LayoutOptions;
}

export type Response = Positions;

self.onmessage = ({ data: { name, nodes, edges, options } }: MessageEvent<Request>) => {
  self.postMessage(positions(name, nodes, edges, options) satisfies Response);
};
