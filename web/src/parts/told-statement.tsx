import { qualifiersOf } from '../answer/qualifiers';
import type { ToldFragment } from '../graphql.generated';
import { anchorOf, locatorText } from './locator';
import './told-statement.css';
import { words } from '../words';

/** A statement as a sentence, with its qualifiers, and who says so and where. */
export function ToldStatement({ statement }: { statement: ToldFragment }) {
  const { subject, predicate, object, note } = statement;
  const qualifiers = qualifiersOf(statement);
  return (
    <article className="told">
      <p>
        {subject.name} <strong>{words(predicate)}</strong> {object.name}
      </p>
      {qualifiers.length > 0 && <p className="told-qualifiers">{qualifiers.join(' · ')}</p>}
      {note && <p className="told-note">{note}</p>}
      <ul className="told-citations">
        {statement.citations.map((citation, i) => {
          const { document, locator, quote, direction } = citation;
          const anchor = anchorOf(locator);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: citations have no id, and their order is the statement's
            <li key={i}>
              {[document.title, locatorText(locator)].filter(Boolean).join(', ')}
              {quote ? <q>{quote}</q> : anchor && <q>{anchor} …</q>}
              {direction !== 'SUPPORTS' && <em> ({words(direction)} it)</em>}
            </li>
          );
        })}
      </ul>
    </article>
  );
}
