import type cytoscape from 'cytoscape';

import type { Graph } from '../../answer/graph';
import { download } from '../../parts/download';
import type { View } from './canvas';
import type { History } from './drawing';
import { toGraphml, toPng, toSvg } from './export';
import type { LayoutName } from './layout';

const LAYOUTS: Readonly<Record<LayoutName, string>> = {
  force: 'By links',
  hierarchical: 'In layers',
  concentric: 'In circles',
};

/** What can be done with the picture as a whole. */
export function Toolbar({
  history: { past, present, future },
  graph,
  cy,
  onStep,
  onLayOut,
  onShowHidden,
  onLinks,
}: {
  history: History;
  graph: Graph;
  cy: cytoscape.Core | null;
  onStep: (type: 'undo' | 'redo') => void;
  onLayOut: (layout: LayoutName) => void;
  onShowHidden: () => void;
  onLinks: () => void;
}) {
  const nHidden = present.hidden.length + present.hiddenKinds.length;
  return (
    <div className="picture-toolbar">
      <label>
        Layout{' '}
        <select value={present.layout} onChange={({ target }) => onLayOut(target.value as LayoutName)}>
          {Object.entries(LAYOUTS).map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="panel-button"
        title="Lays out what is shown anew, around what is pinned; in circles around what is selected"
        onClick={() => onLayOut(present.layout)}
      >
        Arrange
      </button>
      {/* A button that is disabled outright while it has the focus would swallow the keys that do the same. */}
      <button
        type="button"
        className="panel-button"
        aria-disabled={past.length === 0}
        onClick={() => past.length > 0 && onStep('undo')}
      >
        Undo
      </button>
      <button
        type="button"
        className="panel-button"
        aria-disabled={future.length === 0}
        onClick={() => future.length > 0 && onStep('redo')}
      >
        Redo
      </button>
      {nHidden > 0 && (
        <button type="button" className="panel-button" onClick={onShowHidden}>
          Show hidden
        </button>
      )}
      {graph.statements.size > 0 && graph.entities.size > 1 && (
        <button
          type="button"
          className="panel-button"
          title="Adds statements between the entities that the answer does not tell of"
          onClick={onLinks}
        >
          Show links
        </button>
      )}
      <Exports graph={graph} cy={cy} />
    </div>
  );
}

function Exports({ graph, cy }: { graph: Graph; cy: cytoscape.Core | null }) {
  return (
    <details className="picture-exports">
      <summary>Save as</summary>
      <div>
        <button
          type="button"
          className="panel-button"
          disabled={!cy}
          onClick={() => cy && toPng(cy).then((image) => download('picture.png', image))}
        >
          PNG
        </button>
        <button
          type="button"
          className="panel-button"
          disabled={!cy}
          onClick={() => cy && download('picture.svg', new Blob([toSvg(cy)], { type: 'image/svg+xml' }))}
        >
          SVG
        </button>
        <button
          type="button"
          className="panel-button"
          onClick={() => download('picture.graphml', new Blob([toGraphml(graph)], { type: 'application/xml' }))}
        >
          GraphML
        </button>
      </div>
    </details>
  );
}

const ZOOM_STEP = 1.4;

/** Over a corner of the picture. */
export function ViewButtons({ view }: { view: View | null }) {
  return (
    <div className="picture-view">
      <button type="button" className="panel-button" aria-label="Zoom in" onClick={() => view?.zoomBy(ZOOM_STEP)}>
        +
      </button>
      <button type="button" className="panel-button" aria-label="Zoom out" onClick={() => view?.zoomBy(1 / ZOOM_STEP)}>
        −
      </button>
      <button
        type="button"
        className="panel-button"
        title="Brings the whole picture into view"
        onClick={() => view?.fitAll()}
      >
        Fit
      </button>
    </div>
  );
}
