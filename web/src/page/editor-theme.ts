import { useMonaco } from '@graphiql/react';
import type { editor } from 'monaco-editor';
import { useEffect } from 'react';

/** GraphiQL's name for its dark theme. */
const DARK = 'graphiql-DARK';

const GROUND = '#212a3b';
const ACCENT = '#ff7aa9';
const ACCENT_FAINT = '#ff579430';

/**
 * GraphiQL's dark theme, in which comments and line numbers keep the contrast of WCAG AA: on its blue ground those of
 * the editor's own, which are meant for black, do not. A theme can only be replaced as a whole.
 */
const DARK_THEME: editor.IStandaloneThemeData = {
  base: 'vs-dark',
  inherit: true,
  rules: [
    { token: 'comment', foreground: '#8fbf7a' },
    { token: 'argument.identifier.gql', foreground: '#a6a1ff' },
  ],
  colors: {
    'editor.background': '#ffffff00',
    'editorLineNumber.foreground': '#9aa5b8',
    'scrollbar.shadow': '#ffffff00',
    'editorWidget.background': GROUND,
    'editorHoverWidget.background': GROUND,
    'editorSuggestWidget.background': GROUND,
    'editorSuggestWidget.selectedBackground': ACCENT_FAINT,
    'editorSuggestWidget.selectedForeground': ACCENT,
    'menu.background': GROUND,
    'menu.selectionBackground': ACCENT_FAINT,
    'menu.selectionForeground': ACCENT,
    'quickInput.background': GROUND,
    'quickInputList.focusBackground': ACCENT_FAINT,
    'quickInputList.focusForeground': '#ffffff',
    'list.hoverBackground': ACCENT_FAINT,
    'list.highlightForeground': ACCENT,
    'list.focusHighlightForeground': ACCENT,
    'textLink.foreground': ACCENT,
    'textLink.activeForeground': ACCENT,
    'editorLink.activeForeground': ACCENT,
    'input.background': '#b7c2d711',
    'pickerGroup.foreground': ACCENT,
    focusBorder: ACCENT,
  },
};

/** Gives the editors our dark theme. Shows nothing. */
export function EditorTheme() {
  const monaco = useMonaco(({ monaco }) => monaco);
  useEffect(() => monaco?.editor.defineTheme(DARK, DARK_THEME), [monaco]);
  return null;
}
