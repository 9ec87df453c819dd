import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import type { GraphiQLPlugin } from '@graphiql/react';
import { type ComponentType, lazy, Suspense } from 'react';

import { FootnotesIcon, MatrixIcon, PictureIcon, QuestionsIcon, TableIcon, TimelineIcon } from '../parts/icons';

/** A plugin whose code is loaded when it is first opened. */
function plugin(title: string, icon: ComponentType, load: () => Promise<{ default: ComponentType }>): GraphiQLPlugin {
  const Content = lazy(load);
  return {
    title,
    icon,
    content: () => (
      <Suspense fallback={<p role="status">Loading {title.toLowerCase()} …</p>}>
        <Content />
      </Suspense>
    ),
  };
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
