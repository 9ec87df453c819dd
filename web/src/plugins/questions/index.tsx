import { useState } from 'react';

import { usePanelState } from '../../page/panel-state';
import { Panel } from '../../parts/panel';
import { THEMES, type Theme } from './question';
import { type Entries, QuestionForm } from './question-form';
import { QuestionList } from './question-list';
import { questions } from './questions';
import './questions.css';

interface State {
  /** The question that is open, by its id. */
  readonly open: string | null;
  readonly entries: Entries;
  readonly search: string;
  readonly themes: readonly Theme[];
}

const FIRST: State = { open: null, entries: {}, search: '', themes: THEMES.slice(0, 1) };

/** Questions that the corpora answer, by theme, with what can be changed in them. */
export default function Questions() {
  const [state, setState] = usePanelState<State>('Questions', FIRST);
  // Where the reader last went, so that the focus follows.
  const [moved, setMoved] = useState<string | null>(null);
  const question = questions.find(({ id }) => id === state.open);
  const close = () => {
    setMoved(state.open);
    setState({ ...state, open: null, entries: {} });
  };
  return (
    <Panel
      title="Questions"
      actions={
        question && (
          <button type="button" className="panel-button" onClick={close}>
            ← All questions
          </button>
        )
      }
    >
      <div className="questions">
        {question ? (
          <QuestionForm
            key={question.id}
            question={question}
            entries={state.entries}
            isJustOpened={moved === question.id}
            onChange={(entries) => setState({ ...state, entries })}
          />
        ) : (
          <QuestionList
            search={state.search}
            onSearch={(search) => setState({ ...state, search })}
            themes={state.themes}
            onThemes={(themes) => setState({ ...state, themes })}
            onOpen={({ id }) => {
              setMoved(id);
              setState({ ...state, open: id, entries: {} });
            }}
            returnTo={moved}
          />
        )}
      </div>
    </Panel>
  );
}
