import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { parse } from 'graphql';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';

import { lastAnswer } from '../../answer/answer';
import { useOpenQuestion } from '../../question/open-question';
import { useStore } from '../../store';
import { type Asked, OUTCOME_TEXTS, outcomeOf } from './asked';
import { type Entry, entryOf, problemWith, valueFrom } from './entry';
import { Field } from './field';
import type { Question } from './question';
import { questions } from './questions';
import { type Variable, variablesOf } from './variables';

/** What stands in the controls whose defaults were changed, by the names of the variables. */
export type Entries = Readonly<Record<string, Entry>>;

const ANSWER_PANELS = [
  { title: 'Picture', label: 'Show the picture' },
  { title: 'Footnotes', label: 'Show the footnotes' },
  { title: 'Table', label: 'Show the table' },
];

/** One question: what it tells, its variables to fill in, and the ways to ask it. */
export function QuestionForm({
  question,
  entries,
  onChange,
  isJustOpened,
}: {
  question: Question;
  entries: Entries;
  onChange: (entries: Entries) => void;
  /** Whether the reader comes here from the list, so that the focus has to follow. */
  isJustOpened: boolean;
}) {
  const schema = useGraphiQL(({ schema }) => schema);
  const isFetching = useGraphiQL(({ isFetching }) => isFetching);
  const { setVisiblePlugin } = useGraphiQLActions();
  const openQuestion = useOpenQuestion();
  // What is wrong is told of what the reader has left, not of what is still being written.
  const [left, setLeft] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const last = useStore(lastAnswer);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (isJustOpened) {
      heading.current?.focus();
    }
  }, [isJustOpened]);

  const variables = useMemo(() => (schema ? variablesOf(parse(question.operation), schema) : null), [question, schema]);
  const filled = (variables ?? []).map((variable) => {
    const entry = entries[variable.name] ?? entryOf(variable, variable.initial);
    return { variable, entry, problem: problemWith(variable, entry) };
  });
  const isChanged = Object.keys(entries).length > 0;

  const put = (run: boolean) => {
    const wrong = filled.filter(({ problem }) => problem);
    if (wrong[0]) {
      setLeft(wrong.map(({ variable }) => variable.name));
      form.current
        ?.querySelector<HTMLElement>(`[data-variable="${wrong[0].variable.name}"] :is(input, select)`)
        ?.focus();
      return;
    }
    const values = valuesOf(filled);
    openQuestion?.(
      { query: question.operation, variables: values },
      { run, mayReplace: (query) => questions.some(({ operation }) => operation === query) },
    );
    setAsked(run ? { query: question.operation, variables: values, before: lastAnswer.get() } : null);
  };
  // Of other values than those that stand here nothing is told.
  const isCurrent = asked !== null && JSON.stringify(asked.variables) === JSON.stringify(valuesOf(filled));
  const outcome = isCurrent ? outcomeOf(asked, last, isFetching) : null;

  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {question.asks}
      </h3>
      <p>{question.tells}</p>
      {isChanged && <p className="question-help">That is said of the values that stood here first.</p>}
      <form
        ref={form}
        noValidate
        onBlur={({ target }) => {
          const name = target.closest<HTMLElement>('[data-variable]')?.dataset.variable;
          if (name) {
            setLeft([...left, name]);
          }
        }}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          put(true);
        }}
      >
        {filled.map(({ variable, entry, problem }) => (
          <Field
            key={variable.name}
            variable={variable}
            entry={entry}
            problem={left.includes(variable.name) ? problem : null}
            onChange={(entry) => onChange(changed(entries, variable.name, entry, entryOf(variable, variable.initial)))}
          />
        ))}
        <div className="question-ways">
          <button type="submit" className="panel-button question-ask" disabled={!openQuestion || !variables}>
            Ask
          </button>
          <button
            type="button"
            className="panel-button"
            disabled={!openQuestion || !variables}
            onClick={() => put(false)}
          >
            Put into the editor
          </button>
          {isChanged && (
            <button type="button" className="panel-button" onClick={() => onChange({})}>
              First values again
            </button>
          )}
        </div>
      </form>
      <p role="status">{outcome && OUTCOME_TEXTS[outcome]}</p>
      {(outcome === 'asking' || outcome === 'answered') && (
        <div className="question-ways">
          {ANSWER_PANELS.map(({ title, label }) => (
            <button key={title} type="button" className="panel-button" onClick={() => setVisiblePlugin(title)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function valuesOf(filled: readonly { variable: Variable; entry: Entry }[]): Record<string, unknown> {
  return Object.fromEntries(filled.map(({ variable, entry }) => [variable.name, valueFrom(variable, entry)]));
}

/** Without those that stand as they stood first. */
function changed(entries: Entries, name: string, entry: Entry, initial: Entry): Entries {
  const { [name]: _, ...others } = entries;
  return isSame(entry, initial) ? others : { ...others, [name]: entry };
}

/** Lists are alike in whatever order things were picked. */
function isSame(a: Entry, b: Entry): boolean {
  const [first, second] = [a, b].map((entry) => JSON.stringify(typeof entry === 'object' ? [...entry].sort() : entry));
  return first === second;
}
