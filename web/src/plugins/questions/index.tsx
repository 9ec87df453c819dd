import { useState } from 'react';
import {
  array,
  boolean,
  type InferOutput,
  nullable,
  object,
  picklist,
  pipe,
  readonly,
  record,
  string,
  union,
} from 'valibot';
import { Panel } from '../../parts/panel';
import { usePanelState } from '../../question/panel-state';
import { THEMES } from './question';
import { QuestionForm } from './question-form';
import { QuestionList } from './question-list';
import { questions } from './questions';
import './questions.css';

const shape = object({
  /** The question that is open, by its id. */
  open: nullable(string()),
  entries: record(string(), union([string(), pipe(array(string()), readonly()), boolean()])),
  search: string(),
  themes: pipe(array(picklist(THEMES)), readonly()),
});
type State = InferOutput<typeof shape>;

const FIRST: State = { open: null, entries: {}, search: '', themes: THEMES.slice(0, 1) };

/** Questions that the corpora answer, by theme, with what can be changed in them. */
export default function Questions() {
  const [state, setState] = usePanelState('Questions', shape, FIRST);
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
