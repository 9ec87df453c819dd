import { type ReactNode, useRef, useState } from 'react';

import { type CitedDocument, countOf } from '../../answer/citations';
import { download } from '../../parts/download';

export interface Format {
  readonly name: string;
  readonly file: string;
  readonly type: string;
  /** Loaded when it is first wanted: the library for BibTeX is larger than the panel. */
  readonly write: (documents: readonly CitedDocument[]) => Promise<string>;
}

export const FORMATS: readonly [Format, ...Format[]] = [
  {
    name: 'Markdown',
    file: 'footnotes.md',
    type: 'text/markdown',
    write: async (documents) => (await import('./markdown')).markdownOf(documents),
  },
  {
    name: 'CSL-JSON',
    file: 'footnotes.json',
    type: 'application/vnd.citationstyles.csl+json',
    write: async (documents) => `${JSON.stringify((await import('./csl')).cslOf(documents), null, 2)}\n`,
  },
  {
    name: 'BibTeX',
    file: 'footnotes.bib',
    type: 'application/x-bibtex',
    write: async (documents) => (await import('./bibtex')).bibtexOf(documents),
  },
];

/** Which format is chosen, and how to choose another. Lasts longer than an answer. */
export type Choice = readonly [Format, (format: Format) => void];

/** What came of the last click. */
interface Outcome {
  readonly of: readonly CitedDocument[];
  readonly text: string;
  /** What the browser did not let the page copy. */
  readonly refused: string | null;
}

/** Buttons that copy all footnotes or save them as a file, and what came of the last click. */
export function useExport(
  documents: readonly CitedDocument[],
  [format, setFormat]: Choice,
): { buttons: ReactNode; outcome: ReactNode } {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const n = countOf(documents);
  const what = `${n} footnote${n === 1 ? '' : 's'} as ${format.name}`;

  const say = (text: string, refused: string | null = null) => setOutcome({ of: documents, text, refused });
  // What was said of another answer holds no longer.
  const shown = outcome?.of === documents ? outcome : null;

  async function written(): Promise<string | undefined> {
    setOutcome(null);
    try {
      return await format.write(documents);
    } catch {
      say(`${format.name} could not be loaded. Is the server still running?`);
      return undefined;
    }
  }

  async function copy() {
    const text = await written();
    if (text === undefined) {
      return;
    }
    try {
      await navigator.clipboard.writeText(text);
      say(`Copied ${what}`);
    } catch {
      say('The browser does not let the page copy. Copy the text below by hand.', text);
    }
  }

  async function save() {
    const text = await written();
    if (text !== undefined) {
      download(format.file, new Blob([text], { type: `${format.type};charset=utf-8` }));
      say(`Saved ${what}`);
    }
  }

  const buttons = (
    <>
      <select
        aria-label="Format"
        value={format.name}
        onChange={({ target }) => setFormat(FORMATS.find(({ name }) => name === target.value) ?? format)}
      >
        {FORMATS.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="button" className="panel-button" onClick={copy}>
        Copy
      </button>
      <button type="button" className="panel-button" onClick={save}>
        Download
      </button>
    </>
  );
  const said = (
    <>
      <p className="footnotes-said" role="status">
        {shown?.text}
      </p>
      {shown?.refused && <Refused text={shown.refused} />}
    </>
  );
  return { buttons, outcome: said };
}

function Refused({ text }: { text: string }) {
  const isSelected = useRef(false);
  return (
    <textarea
      className="footnotes-refused"
      aria-label="Footnotes to copy by hand"
      readOnly
      rows={8}
      value={text}
      ref={(area) => {
        if (area && !isSelected.current) {
          isSelected.current = true;
          area.focus();
          area.select();
        }
      }}
    />
  );
}
