import { type ReactNode, useRef, useState } from 'react';

import { download } from '../../parts/download';
import type { Page } from './use-pages';

/**
 * The button that saves a table with its sources, and what came of it.
 *
 * What was said of other pages than these holds no longer.
 */
export function useSaveCsv(
  name: string,
  pages: readonly Page[],
  write: (signal: AbortSignal) => Promise<string>,
): { button: ReactNode; outcome: ReactNode } {
  const [said, setSaid] = useState<{ of: readonly Page[]; text: string; isProblem: boolean } | null>(null);
  const abort = useRef<AbortController | null>(null);

  async function save() {
    // What was clicked is saved, also when another question is answered meanwhile; twice it is not.
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

  const button = (
    <button type="button" className="panel-button" onClick={save}>
      Download CSV
    </button>
  );
  const outcome = said?.of === pages && (
    <p className="table-note" role={said.isProblem ? 'alert' : 'status'}>
      {said.text}
    </p>
  );
  return { button, outcome };
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain || 'table';
}
