import { useSyncExternalStore } from 'react';

import type { EntityKind } from '../../graphql.generated';
import type { Attitude } from './elements';

/** The colours of the page as they are now, for the canvas, which knows no CSS. */
export interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly surface: string;
  readonly focus: string;
  readonly way: string;
  readonly font: string;
  readonly kinds: Readonly<Record<EntityKind, string>>;
  readonly attitudes: Readonly<Record<Attitude, string>>;
}

/** Kept current when the reader or the system goes from light to dark. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}

function subscribe(onChange: () => void): () => void {
  // GraphiQL notes the theme that was chosen as a class of the body.
  const classes = new MutationObserver(onChange);
  classes.observe(document.body, { attributeFilter: ['class'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', onChange);
  return () => {
    classes.disconnect();
    system.removeEventListener('change', onChange);
  };
}

let known: { theme: Theme; text: string } | undefined;

/** The same object as long as no colour changes. */
function currentTheme(): Theme {
  const styles = getComputedStyle(document.body);
  const token = (name: string) => styles.getPropertyValue(name).trim();
  const theme: Theme = {
    text: token('--grounds-text'),
    muted: token('--grounds-muted'),
    surface: token('--grounds-surface'),
    focus: token('--grounds-focus'),
    way: token('--picture-way'),
    font: styles.fontFamily,
    kinds: {
      ORGANIZATION: token('--picture-organization'),
      LAW: token('--picture-law'),
      CLAIM: token('--picture-claim'),
      STUDY: token('--picture-study'),
      JURISDICTION: token('--picture-jurisdiction'),
      TOPIC: token('--picture-topic'),
    },
    attitudes: {
      for: token('--grounds-supported'),
      against: token('--grounds-opposed'),
      neither: token('--grounds-muted'),
      none: token('--grounds-undecided'),
    },
  };
  const text = JSON.stringify(theme);
  if (known?.text !== text) {
    known = { theme, text };
  }
  return known.theme;
}
