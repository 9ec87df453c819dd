import { memo } from 'react';

import { type CitedDocument, citedForText, type Footnote } from '../../answer/citations';
import { anchorOf, locatorText } from '../../parts/locator';
import { isWebAddress } from '../../parts/web-address';

/** Documents with their footnotes. What is far from the screen is laid out only when it comes near: see the style. */
export const Notes = memo(function Notes({ documents }: { documents: readonly CitedDocument[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a link in the list, the keyboard could not scroll it
    <section aria-label="Documents" tabIndex={0}>
      {documents.map(({ document, footnotes }) => (
        <section key={document.id} className="footnotes-document" aria-labelledby={`footnotes-${document.slug}`}>
          <h3 id={`footnotes-${document.slug}`}>{document.title}</h3>
          <Facts document={document} />
          <ol>
            {footnotes.map((footnote) => (
              <Note key={footnote.number} footnote={footnote} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
});

function Facts({ document: { publisher, publishedOn, url } }: { document: CitedDocument['document'] }) {
  const said = [publisher, publishedOn].filter(Boolean).join(' · ');
  if (!said && !url) {
    return null;
  }
  return (
    <p className="footnotes-facts">
      {said}
      {said && url && ' · '}
      {url && <Address url={url} />}
    </p>
  );
}

function Address({ url }: { url: string }) {
  if (!isWebAddress(url)) {
    return url;
  }
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {url}
    </a>
  );
}

function Note({ footnote: { number, locator, quotes, citedFor } }: { footnote: Footnote }) {
  const anchor = anchorOf(locator);
  return (
    <li value={number} className="footnotes-note">
      <span className="footnotes-number">{number}.</span>
      <span className="footnotes-place">{locatorText(locator) || 'the document as a whole'}</span>
      {quotes.length > 0 ? quotes.map((quote) => <q key={quote}>{quote}</q>) : anchor && <q>{anchor} …</q>}
      {citedFor.length > 0 && (
        <ul>
          {citedFor.map((cited) => {
            const text = citedForText(cited);
            return <li key={text}>{text}</li>;
          })}
        </ul>
      )}
    </li>
  );
}
