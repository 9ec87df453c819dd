import { useEffect, useRef } from 'react';
import { unknown } from 'valibot';

import type { Answer } from '../../answer/answer';
import { panelStates, usePanelState } from '../../question/panel-state';
import { createStore, useStore } from '../../store';
import { asDrawing, blank, type Drawing, type History, type Step, stepped } from './drawing';

/** What can be undone and done again: for as long as the page is open, unlike the drawing itself. */
const steps = createStore<Pick<History, 'past' | 'future'>>({ past: [], future: [] });

/** The reader's drawing of the answer to this question: that of the permalink or a moment ago, or a blank one. */
export function useDrawing(question: string): [History, (step: Step) => void] {
  const [kept, keep] = usePanelState('picture', unknown(), null);
  const { past, future } = useStore(steps);
  const history = historyOf(kept, { past, future }, question);

  const step = useRef((_: Step) => {});
  useEffect(() => {
    step.current = (taken) => {
      // From the stores and not from the last rendering, since several steps may be taken before the next.
      const now = historyOf(panelStates.get().picture, steps.get(), question);
      const next = stepped(now, taken);
      if (next.present !== now.present) {
        steps.set({ past: next.past, future: next.future });
        keep(next.present);
      }
    };
  }, [keep, question]);
  return [history, (taken) => step.current(taken)];
}

/** The drawing that was kept, if it belongs to this question, with what belongs to it of the past and the future. */
function historyOf(kept: unknown, { past, future }: Pick<History, 'past' | 'future'>, question: string): History {
  const drawing = asDrawing(kept);
  const ofQuestion = (other: Drawing) => other.question === question;
  return {
    past: past.filter(ofQuestion),
    present: drawing && ofQuestion(drawing) ? drawing : blank(question),
    future: future.filter(ofQuestion),
  };
}

/** Tells questions apart, in a few letters. */
export function questionOf({ query, operationName, variables }: Answer): string {
  let hash = 0x811c9dc5;
  // FNV-1a: short, and nobody gains anything by a collision.
  for (const letter of JSON.stringify([query, operationName ?? '', variables])) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
