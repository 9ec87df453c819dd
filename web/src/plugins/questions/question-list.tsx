import { type KeyboardEvent, useEffect, useId, useRef } from 'react';

import { found, type Question, THEMES, type Theme } from './question';
import { questions } from './questions';

/** All questions by theme, and a search in them. */
export function QuestionList({
  search,
  onSearch,
  themes,
  onThemes,
  onOpen,
  returnTo,
}: {
  search: string;
  onSearch: (search: string) => void;
  /** Those that are unfolded. */
  themes: readonly Theme[];
  onThemes: (themes: readonly Theme[]) => void;
  onOpen: (question: Question) => void;
  /** The question from which the reader comes back. */
  returnTo: string | null;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (returnTo) {
      list.current?.querySelector<HTMLElement>(`[data-question="${returnTo}"]`)?.focus();
    }
  }, [returnTo]);

  const isSearch = search.trim() !== '';
  const shown = found(questions, search);
  const groups = THEMES.map((theme) => ({ theme, of: shown.filter((question) => question.theme === theme) })).filter(
    ({ of }) => of.length > 0,
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from one to the next, besides Tab
    <div ref={list} className="question-list" onKeyDown={goOn}>
      <label>
        <span>Search the questions</span>
        <input
          type="search"
          value={search}
          autoComplete="off"
          spellCheck={false}
          data-stop=""
          onChange={({ target }) => onSearch(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && onSearch('')}
        />
      </label>
      <p role="status">{isSearch && foundText(shown.length)}</p>
      {groups.map(({ theme, of }) => (
        <Group
          key={theme}
          theme={theme}
          questions={of}
          isOpen={themes.includes(theme)}
          // What a search finds is shown.
          canFold={!isSearch}
          onToggle={() =>
            onThemes(themes.includes(theme) ? themes.filter((open) => open !== theme) : [...themes, theme])
          }
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

function foundText(n: number): string {
  if (n === 0) {
    return 'No question has all of these words. Escape clears the search.';
  }
  return n === 1 ? '1 question' : `${n} questions`;
}

function Group({
  theme,
  questions,
  isOpen,
  canFold,
  onToggle,
  onOpen,
}: {
  theme: Theme;
  questions: readonly Question[];
  isOpen: boolean;
  canFold: boolean;
  onToggle: () => void;
  onOpen: (question: Question) => void;
}) {
  const id = useId();
  const name = (
    <>
      {theme} <span className="question-count">{questions.length}</span>
    </>
  );
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        {canFold ? (
          <button type="button" data-stop="" aria-expanded={isOpen} onClick={onToggle}>
            {name}
          </button>
        ) : (
          <span>{name}</span>
        )}
      </h3>
      {(isOpen || !canFold) && (
        <ul>
          {questions.map((question) => (
            <li key={question.id}>
              <button type="button" data-stop="" data-question={question.id} onClick={() => onOpen(question)}>
                {question.asks}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Up and down go to the former and to the next field or button. */
function goOn(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) {
    return;
  }
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const next = stops[stops.indexOf(event.target as HTMLElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
