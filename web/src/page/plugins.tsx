import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import type { GraphiQLPlugin } from '@graphiql/react';
import { type ComponentType, lazy, Suspense } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';

import { FootnotesIcon, MatrixIcon, PictureIcon, QuestionsIcon, TableIcon, TimelineIcon } from '../parts/icons';
import { panelStates } from '../question/panel-state';

/** A plugin whose code is loaded when it is first opened. */
function plugin(title: string, icon: ComponentType, load: () => Promise<{ default: ComponentType }>): GraphiQLPlugin {
  const Content = lazy(load);
  return {
    title,
    icon,
    content: () => (
      <ErrorBoundary key={title} FallbackComponent={Broken} onReset={() => panelStates.set({})}>
        <Suspense fallback={<p role="status">Loading {title.toLowerCase()} …</p>}>
          <Content />
        </Suspense>
      </ErrorBoundary>
    ),
  };
}

/** What stands in the place of a panel in which something went wrong; the rest of the page is as it was. */
function Broken({ resetErrorBoundary }: FallbackProps) {
  return (
    <div role="alert">
      <p>This panel could not be shown.</p>
      <p>
        <button type="button" className="panel-button" onClick={resetErrorBoundary}>
          Begin it anew
        </button>{' '}
        <button type="button" className="panel-button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </p>
    </div>
  );
}

/** The panels beside the editor, in the order of their buttons. */
export const plugins: GraphiQLPlugin[] = [
  plugin('Questions', QuestionsIcon, () => import('../plugins/questions')),
  plugin('Picture', PictureIcon, () => import('../plugins/picture')),
  plugin('Footnotes', FootnotesIcon, () => import('../plugins/footnotes')),
  plugin('Table', TableIcon, () => import('../plugins/table')),
  plugin('Timeline', TimelineIcon, () => import('../plugins/timeline')),
  plugin('Matrix', MatrixIcon, () => import('../plugins/matrix')),
  HISTORY_PLUGIN,
];
