import { ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { LinkIcon } from '../parts/icons';
import { asksSomething, useOpenQuestion } from '../question/open-question';
import { panelStates } from '../question/panel-state';
import { useStore } from '../store';
import type { Address } from './address';
import { showNotice } from './notices';
import { linkIn, mayRun, type Opening } from './opening';
import { hashOf, type Permalink, SENSIBLE_LINK_CHARS } from './permalink';

/** Keeps the address a link to what is on the page, and opens what stands in it. Shows nothing. */
export function Permalinks({ opening }: { opening: Opening }) {
  const isReady = useAreEditorsReady();
  useAskedOnOpening(opening, isReady);
  const nOpened = useLinksOpened(opening.address, isReady);
  useAddressWritten(opening.address, isReady, nOpened);
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

function useAreEditorsReady(): boolean {
  return useGraphiQL(
    ({ queryEditor, variableEditor, headerEditor, responseEditor }) =>
      queryEditor !== undefined &&
      variableEditor !== undefined &&
      headerEditor !== undefined &&
      responseEditor !== undefined,
  );
}

function useAskedOnOpening({ operationName, runs }: Opening, isReady: boolean) {
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

/**
 * Opens what is put into the address of the open page: in the tab that holds it, otherwise in one of its own. Returns how
 * many times that was.
 */
function useLinksOpened(address: Address, isReady: boolean): number {
  const [nOpened, setNOpened] = useState(0);
  const tabs = useGraphiQL(({ tabs }) => tabs);
  const activeTabIndex = useGraphiQL(({ activeTabIndex }) => activeTabIndex);
  const current = useCurrentLink();
  const open = useOpenQuestion();
  const { changeTab, setVisiblePlugin, updateActiveTabValues } = useGraphiQLActions();

  const openLink = useEffectEvent((link: Permalink) => {
    const { query, variables } = current();
    const known = tabs
      .map((tab, index) => (index === activeTabIndex ? { query, variables } : tab))
      .findIndex((tab) => tab.query === link.query && (tab.variables ?? '') === link.variables);
    if (known >= 0) {
      // What was typed last is in the editors only, which are about to show another tab.
      updateActiveTabValues({ query, variables });
      changeTab(known);
    }
    open?.(link, { run: mayRun(link), mayReplace: () => known >= 0 });
    setVisiblePlugin(link.panel);
    panelStates.set(link.panelStates);
  });
  const hear = useEffectEvent(async () => {
    if (address.isOwn()) {
      return;
    }
    const { hash } = location;
    const link = await linkIn(hash);
    // Otherwise it was heard twice, or another one took its place, which is heard by itself.
    if (location.hash === hash && !address.isOwn()) {
      address.take();
      if (link) {
        openLink(link);
      }
      setNOpened((n) => n + 1);
    }
  });
  useEffect(() => {
    if (!isReady) {
      return;
    }
    const onHashChange = () => void hear();
    window.addEventListener('hashchange', onHashChange);
    // Put there while the page was loading.
    onHashChange();
    return () => window.removeEventListener('hashchange', onHashChange);
  }, [isReady]);
  return nOpened;
}

/** @param nOpened - When it changes, the address is written although the page is as it was. */
function useAddressWritten(address: Address, isReady: boolean, nOpened: number) {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]);
  const panel = useGraphiQL(({ visiblePlugin }) => visiblePlugin?.title ?? null);
  const states = useStore(panelStates);
  const query = tab?.query ?? '';
  const variables = tab?.variables ?? '';
  const operationName = tab?.operationName ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was opened stands in the address, not in the state
  useEffect(() => {
    // Before, the tab does not know yet which of its operations is meant.
    if (!isReady) {
      return;
    }
    return address.write(asksSomething(query) ? { query, variables, operationName, panel, panelStates: states } : null);
  }, [address, isReady, query, variables, operationName, panel, states, nOpened]);
}
