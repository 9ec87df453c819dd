import { KeyCode, useGraphiQL } from '@graphiql/react';
import type { editor } from 'monaco-editor';
import { useEffect, useRef } from 'react';

/** Puts the focus on the open panel as a whole, from where Tab goes to what is in it. */
export function focusPanel() {
  // A panel that is only just opened is there after React has drawn it.
  requestAnimationFrame(() => pane()?.focus());
}

/** What GraphiQL leaves out for those who use the keyboard or a screen reader. Shows nothing. */
export function Keyboard() {
  usePanelFocus();
  useEditorKeys();
  return null;
}

/** The focus goes into a panel that the keyboard opened, and back to its button when it was in a panel that closed. */
function usePanelFocus() {
  const title = useGraphiQL(({ visiblePlugin }) => visiblePlugin?.title ?? null);
  const lastTitle = useRef(title);

  useEffect(() => {
    const sidebar = document.querySelector('.graphiql-sidebar');
    const onClick = (event: Event) => {
      const button = event.target instanceof Element && event.target.closest('button[data-index]');
      // A click without a pointer is the keyboard's. "active" is set only after this.
      if (button && event instanceof MouseEvent && event.detail === 0 && !button.classList.contains('active')) {
        focusPanel();
      }
    };
    sidebar?.addEventListener('click', onClick, { capture: true });
    return () => sidebar?.removeEventListener('click', onClick, { capture: true });
  }, []);

  useEffect(() => {
    const element = pane();
    if (element) {
      element.tabIndex = -1;
      element.setAttribute('role', 'group');
      element.setAttribute('aria-label', title ? `${title} panel` : 'No panel');
    }
    const closed = title === null ? lastTitle.current : null;
    lastTitle.current = title;
    const isLost = document.activeElement === document.body || document.activeElement === element;
    if (closed && isLost) {
      document.querySelector<HTMLElement>(`.graphiql-sidebar button[aria-label="Show ${CSS.escape(closed)}"]`)?.focus();
    }
  }, [title]);
}

function pane(): HTMLElement | null {
  return document.querySelector('.graphiql-plugin');
}

/** Whether Escape has nothing of the editor's own to close or to undo. */
const ESCAPE_IS_FREE = [
  'suggestWidgetVisible',
  'parameterHintsVisible',
  'findWidgetVisible',
  'markersNavigationVisible',
  'referenceSearchVisible',
  'inSnippetMode',
  'editorHasSelection',
  'editorHasMultipleSelections',
]
  .map((state) => `!${state}`)
  .join(' && ');

/** Editors take Tab for themselves; GraphiQL has them entered by Enter, and here Escape leaves them. */
function useEditorKeys() {
  const query = useGraphiQL(({ queryEditor }) => queryEditor);
  const variables = useGraphiQL(({ variableEditor }) => variableEditor);
  const headers = useGraphiQL(({ headerEditor }) => headerEditor);
  const response = useGraphiQL(({ responseEditor }) => responseEditor);
  useEffect(() => furnish(query, 'Operation'), [query]);
  useEffect(() => furnish(variables, 'Variables'), [variables]);
  useEffect(() => furnish(headers, 'Request headers'), [headers]);
  useEffect(() => furnish(response, 'Result'), [response]);
}

function furnish(monaco: editor.IStandaloneCodeEditor | undefined, name: string) {
  if (!monaco) {
    return undefined;
  }
  const container = monaco.getContainerDomNode();
  monaco.updateOptions({ ariaLabel: name, scrollbar: { alwaysConsumeMouseWheel: false } });
  // The result's container has a name of GraphiQL's.
  if (!container.hasAttribute('aria-label')) {
    container.setAttribute('role', 'group');
    container.setAttribute('aria-label', `${name} editor: Enter to type, Escape to leave`);
  }
  const leaving = monaco.addAction({
    id: 'grounds-leave-editor',
    label: 'Leave the Editor',
    keybindings: [KeyCode.Escape],
    precondition: ESCAPE_IS_FREE,
    run: () => container.focus(),
  });
  return () => leaving.dispose();
}
