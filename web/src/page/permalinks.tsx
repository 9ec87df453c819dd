import { ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';

import { LinkIcon } from '../parts/icons';
import { asksSomething, useOpenQuestion } from '../question/open-question';
import { panelStates } from '../question/panel-state';
import { useStore } from '../store';
import { showNotice } from './notices';
import { linkIn, mayRun, type Opening } from './opening';
import { hashOf, type Permalink, SENSIBLE_LINK_CHARS } from './permalink';

/** Browsers refuse to write addresses many times a second, and nobody reads them that fast. */
const WRITTEN_AFTER_MS = 400;

/** Keeps the address a link to what is on the page, and opens what stands in it. Shows nothing. */
export function Permalinks({ opening }: { opening: Opening }) {
  useAskedOnOpening(opening);
  const nHeard = useLinksOpened();
  useAddressWritten(nHeard);
  return null;
}

/** Copies the link; where the browser refuses that, shows it. */
export function CopyLinkButton() {
  const current = useCurrentLink();
  const copy = async () => {
    const link = new URL(await hashOf(current()), location.href).href;
    const warning =
      link.length > SENSIBLE_LINK_CHARS
        ? ` It is ${link.length.toLocaleString('en')} characters long: some programs cut such links.`
        : '';
    try {
      await navigator.clipboard.writeText(link);
      showNotice({ text: `Link copied.${warning}`, passes: warning === '' });
    } catch {
      // Without HTTPS there is no clipboard, and a visitor may refuse it.
      showNotice({ text: `The browser does not let this page copy. This is the link:${warning}`, link });
    }
  };
  return (
    <ToolbarButton label="Copy link" onClick={() => void copy()}>
      <LinkIcon />
    </ToolbarButton>
  );
}

/** What is on the page at the moment of the call. */
function useCurrentLink(): () => Permalink {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]);
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor);
  const panel = useGraphiQL(({ visiblePlugin }) => visiblePlugin?.title ?? null);
  const states = useStore(panelStates);
  return () => ({
    // The tab follows what is typed only after a moment.
    query: queryEditor?.getValue() ?? tab?.query ?? '',
    variables: variableEditor?.getValue() ?? tab?.variables ?? '',
    operationName: tab?.operationName ?? null,
    panel,
    panelStates: states,
  });
}

function useAskedOnOpening({ operationName, runs }: Opening) {
  const isReady = useGraphiQL(
    ({ queryEditor, variableEditor, headerEditor, responseEditor }) =>
      queryEditor !== undefined &&
      variableEditor !== undefined &&
      headerEditor !== undefined &&
      responseEditor !== undefined,
  );
  const { run, setOperationName } = useGraphiQLActions();
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isReady || isAsked.current) {
      return;
    }
    isAsked.current = true;
    if (operationName) {
      setOperationName(operationName);
    }
    if (runs) {
      run();
    }
  }, [isReady, operationName, runs, run, setOperationName]);
}

/** Opens what is pasted into the address of the open page. Returns how many times that was. */
function useLinksOpened(): number {
  const [nHeard, setNHeard] = useState(0);
  const tabs = useGraphiQL(({ tabs }) => tabs);
  const open = useOpenQuestion();
  const { changeTab, setVisiblePlugin } = useGraphiQLActions();
  useEffect(() => {
    const hear = async () => {
      const link = await linkIn(location.hash);
      if (link && open) {
        const known = tabs.findIndex(
          ({ query, variables }) => query === link.query && (variables ?? '') === link.variables,
        );
        if (known >= 0) {
          changeTab(known);
        }
        open(link, { run: mayRun(link), mayReplace: () => known >= 0 });
        setVisiblePlugin(link.panel);
        panelStates.set(link.panelStates);
      }
      setNHeard((n) => n + 1);
    };
    window.addEventListener('hashchange', hear);
    return () => window.removeEventListener('hashchange', hear);
  }, [tabs, open, changeTab, setVisiblePlugin]);
  return nHeard;
}

/** @param nHeard - When it changes, the address is written although the page is as it was. */
function useAddressWritten(nHeard: number) {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]);
  const panel = useGraphiQL(({ visiblePlugin }) => visiblePlugin?.title ?? null);
  const states = useStore(panelStates);
  const query = tab?.query ?? '';
  const variables = tab?.variables ?? '';
  const operationName = tab?.operationName ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was heard stands in the address, not in the state
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const hash = asksSomething(query)
        ? await hashOf({ query, variables, operationName, panel, panelStates: states })
        : '';
      if (isCurrent && hash !== location.hash) {
        history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`);
      }
    }, WRITTEN_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, variables, operationName, panel, states, nHeard]);
}
