import type { ToldFragment } from '../graphql.generated';
import { anchorOf, locatorText } from './locator';
import './told-statement.css';
import { words } from './words';

/** A statement as a sentence, with its qualifiers, and who says so and where. */
export function ToldStatement({ statement }: { statement: ToldFragment }) {
  const { subject, predicate, object, aspect, on, from, until, basis, certainty, condition, venue, voice, note } =
    statement;
  const qualifiers = [
    aspect && `as to ${aspect.name}`,
    on && `on ${on}`,
    from && `from ${from}`,
    until && `until ${until}`,
    condition && `if ${condition}`,
    venue && words(venue),
    voice && `voice: ${words(voice)}`,
    basis === 'INFERRED' && 'inferred, not stated',
    certainty && `${words(certainty)} certainty`,
  ].filter(Boolean);
  return (
    <article className="told">
      <p>
        {subject.name} <strong>{words(predicate)}</strong> {object.name}
      </p>
      {qualifiers.length > 0 && <p className="told-qualifiers">{qualifiers.join(' · ')}</p>}
      {note && <p className="told-note">{note}</p>}
      <ul className="told-citations">
        {statement.citations.map((citation, i) => {
          const anchor = anchorOf(citation.locator);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: citations have no id, and their order is the statement's
            <li key={i}>
              {citation.document.title}, {locatorText(citation.locator)}
              {anchor && <q>{anchor} …</q>}
              {citation.direction !== 'SUPPORTS' && <em> ({words(citation.direction)} it)</em>}
            </li>
          );
        })}
      </ul>
    </article>
  );
}
