import { useState } from 'react';

import { lastAnswer } from '../../answer/answer';
import { type CitedDocument, countOf } from '../../answer/citations';
import { useFootnotes } from '../../answer/use-footnotes';
import { useIdentified } from '../../answer/use-identified';
import { Empty, Panel, Problem } from '../../parts/panel';
import { useStore } from '../../store';
import { useExport } from './export';
import { matching } from './matching';
import { Notes } from './notes';
import './footnotes.css';

/** Below so many footnotes a reader's eyes are quicker than a search. */
const SEARCHED_FROM = 12;

/** The sources of the last answer: documents, places in them, and what each is cited for. */
export default function Footnotes() {
  const answer = useStore(lastAnswer);
  const identified = useIdentified();
  const found = useFootnotes(identified);

  if (!answer?.data) {
    return (
      <Panel title="Footnotes">
        <Empty>
          {answer ? 'The last operation gave no data.' : 'Run an operation: the sources of its answer are listed here.'}
        </Empty>
      </Panel>
    );
  }
  if (!identified || found === null || found.state === 'asking') {
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
        <NoFootnotes isBare={identified.isBare} />
      </Panel>
    );
  }
  return <Found documents={found.documents} isBare={identified.isBare} />;
}

function Found({ documents, isBare }: { documents: readonly CitedDocument[]; isBare: boolean }) {
  const { buttons, outcome } = useExport(documents);
  return (
    <Panel title="Footnotes" actions={buttons}>
      {outcome}
      {isBare && <Problem>{BARE}</Problem>}
      <List documents={documents} />
    </Panel>
  );
}

const BARE =
  'The question is so large that the server does not tell what else its answer rests on. Here are only the sources of ' +
  'statements whose ids were asked for. Ask for less at once to see all.';

function NoFootnotes({ isBare }: { isBare: boolean }) {
  return (
    <>
      <Empty>{isBare ? BARE : 'Nothing in this answer has a source of its own.'}</Empty>
      <p className="panel-empty">
        Sources come with <code>statements</code>, with relations such as <code>supporters</code> or{' '}
        <code>backedBy</code>, with computed answers such as <code>stances</code> and <code>conflicts</code>, with the{' '}
        <code>mentions</code> of an entity, and with the <code>citations</code> of events and notices.
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
