import { Cite, plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';

import type { CitedDocument } from '../../answer/citations';
import { cslOf } from './csl';

// Slugs are the labels, hyphens and all. The library's own escaping drops every character that it has no command for,
// Chinese titles among them: so it is off, and the text is escaped below.
Object.assign(plugins.config.get('@bibtex').format, { useIdAsLabel: true, checkLabel: false, asciiOnly: false });

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
};

/** One entry a document, in UTF-8; the places are in `note`, as in {@link cslOf}. */
export function bibtexOf(documents: readonly CitedDocument[]): string {
  const items = cslOf(documents).map((item) => ({
    ...item,
    // Braces keep a style from writing "Who" for "WHO"; the library's own leave out the first word.
    title: `{${escaped(item.title)}}`,
    ...(item.publisher && { publisher: escaped(item.publisher) }),
    ...(item.note && { note: escaped(item.note) }),
    ...(item.URL && { URL: item.URL.replace(/[{}\\\s]/g, encodeURIComponent) }),
  }));
  return new Cite(items).format('bibtex');
}

/** Text as TeX prints it. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\{}~^<>|]|[&%$#_]/g, (char) => COMMANDS[char] ?? `\\${char}`);
}
