import { useEffect, useRef, useState } from 'react';

import { download } from '../../parts/download';
import type { Page } from './use-pages';

/** The button that saves the table with its sources, and what came of it. */
export function SaveCsv({
  name,
  pages,
  write,
}: {
  name: string;
  /** What is saved: what was said of other pages holds no longer. */
  pages: readonly Page[];
  write: (signal: AbortSignal) => Promise<string>;
}) {
  const [said, setSaid] = useState<{ of: readonly Page[]; text: string; isProblem: boolean } | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function save() {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const say = (text: string, isProblem = false) =>
      controller.signal.aborted || setSaid({ of: pages, text, isProblem });
    say('Asking for the sources …');
    try {
      const csv = await write(controller.signal);
      const file = `${fileName(name)}.csv`;
      download(file, new Blob([csv], { type: 'text/csv;charset=utf-8' }));
      say(`Saved as ${file}, each row with its sources`);
    } catch (problem) {
      say((problem as Error).message, true);
    }
  }

  return (
    <>
      <button type="button" className="panel-button" onClick={save}>
        Download CSV
      </button>
      {said?.of === pages && (
        <p className="table-note" role={said.isProblem ? 'alert' : 'status'}>
          {said.text}
        </p>
      )}
    </>
  );
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain || 'table';
}
