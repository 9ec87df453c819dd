import type { Request, Response } from './layout.worker';

export type LayoutName = 'force' | 'hierarchical' | 'concentric';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where nodes stand, by their ids: the middle of the node itself, not of the box around it and its label. */
export type Positions = ReadonlyMap<string, Point>;

export interface LayoutNode {
  readonly id: string;
  /** Of the node with its label. */
  readonly width: number;
  readonly height: number;
  /** From the middle of the node to the middle of the box around it and its label: none when absent. */
  readonly offset?: Point;
  /** Where the node stays. */
  readonly fixed?: Point;
}

export interface LayoutEdge {
  readonly source: string;
  readonly target: string;
}

export interface LayoutOptions {
  /** Where nodes are now, so that an expansion moves little. */
  readonly start?: Positions;
  /** What stands in the middle of 'concentric': the most linked when absent. */
  readonly center?: readonly string[];
}

/** A worker that has nothing to do. Starting one takes longer than laying out a small graph. */
let idle: Worker | undefined;

/**
 * Where the nodes are to stand: no two boxes overlap, unless both are fixed. The same graph gives the same positions.
 *
 * Off the main thread. When the signal aborts, the work stops at once and the promise is rejected with its reason.
 */
export function layOut(
  name: LayoutName,
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  { signal, ...options }: LayoutOptions & { readonly signal?: AbortSignal } = {},
): Promise<Positions> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const worker = idle ?? new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    idle = undefined;

    const stop = () => {
      worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.onmessage = ({ data }: MessageEvent<Response>) => {
      signal?.removeEventListener('abort', stop);
      idle?.terminate();
      idle = worker;
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      signal?.removeEventListener('abort', stop);
      worker.terminate();
      reject(new Error(`The layout failed: ${message}`));
    };
    worker.postMessage({ name, nodes, edges, options } satisfies Request);
  });
}
