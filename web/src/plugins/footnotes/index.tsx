import { useState } from 'react';

import { type CitedDocument, countOf } from '../../answer/citations';
import { countCutShort, WHY_STATEMENTS } from '../../answer/identified';
import { useFootnotes } from '../../answer/use-footnotes';
import type { Identified } from '../../answer/use-identified';
import { AnswerPanel } from '../../parts/answer-panel';
import { Empty, Panel, Problem } from '../../parts/panel';
import { type Choice, FORMATS, useExport } from './export';
import { matching } from './matching';
import { Notes } from './notes';
import './footnotes.css';

/** Below so many footnotes a reader's eyes are quicker than a search. */
const SEARCHED_FROM = 12;

/** The sources of the last answer: documents, places in them, and what each is cited for. */
export default function Footnotes() {
  const choice = useState(FORMATS[0]);
  return (
    <AnswerPanel title="Footnotes" unasked="Run an operation: the sources of its answer are listed here.">
      {(identified) => <Answered identified={identified} choice={choice} />}
    </AnswerPanel>
  );
}

function Answered({ identified, choice }: { identified: Identified; choice: Choice }) {
  const found = useFootnotes(identified);
  if (found === null || found.state === 'asking') {
    const part = found?.state === 'asking' && ` of ${found.nStatements} statements (${found.nKnown} so far)`;
    return (
      <Panel title="Footnotes">
        <Empty>Asking for the sources{part} …</Empty>
      </Panel>
    );
  }
  if (found.state === 'failed') {
    return (
      <Panel title="Footnotes">
        <Problem>{found.problem}</Problem>
      </Panel>
    );
  }
  if (found.documents.length === 0) {
    return (
      <Panel title="Footnotes">
        <NoFootnotes />
      </Panel>
    );
  }
  return <Found documents={found.documents} nCutShort={countCutShort(identified.data)} choice={choice} />;
}

interface FoundProps {
  readonly documents: readonly CitedDocument[];
  readonly nCutShort: number;
  readonly choice: Choice;
}

function Found({ documents, nCutShort, choice }: FoundProps) {
  const { buttons, outcome } = useExport(documents, choice);
  return (
    <Panel title="Footnotes" actions={buttons}>
      {outcome}
      {nCutShort > 0 && (
        <p>
          {nCutShort === 1 ? 'One computed answer rests' : `${nCutShort} computed answers rest`} on more than{' '}
          {WHY_STATEMENTS} statements: the sources of the first {WHY_STATEMENTS} are here. Ask for{' '}
          <code>{'why { statements { id } }'}</code> to see all.
        </p>
      )}
      <List documents={documents} />
    </Panel>
  );
}

function NoFootnotes() {
  return (
    <>
      <Empty>No sources were found for this answer.</Empty>
      <p className="panel-empty">
        Sources come with <code>statements</code>, with relations such as <code>supporters</code> or{' '}
        <code>backedBy</code>, with computed answers such as <code>stances</code>, <code>assessment</code> and{' '}
        <code>conflicts</code>, with the <code>mentions</code> of an entity, and with the <code>citations</code> of
        events and notices.
      </p>
    </>
  );
}

function List({ documents }: { documents: readonly CitedDocument[] }) {
  const [search, setSearch] = useState('');
  const nAll = countOf(documents);
  const shown = matching(documents, search);
  const nShown = countOf(shown);
  return (
    <>
      {nAll >= SEARCHED_FROM && (
        <label className="footnotes-search">
          Find in them <input type="search" value={search} onChange={({ target }) => setSearch(target.value)} />
        </label>
      )}
      <p className="footnotes-count" role="status">
        {search.trim() && `${nShown} of `}
        {nAll === 1 ? '1 footnote' : `${nAll} footnotes`} in{' '}
        {documents.length === 1 ? '1 document' : `${documents.length} documents`}
      </p>
      <Notes documents={shown} />
    </>
  );
}
