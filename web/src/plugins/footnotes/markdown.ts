import { type CitedDocument, citedForText } from '../../answer/citations';
import { locatorText } from '../../parts/locator';
import { isWebAddress } from '../../parts/web-address';

/**
 * Footnotes as Markdown: a paragraph for each document, and below it its places, numbered as in the panel.
 *
 * They are lists, not `[^1]` notes: a note that no text refers to is left out by most renderers.
 */
export function markdownOf(documents: readonly CitedDocument[]): string {
  const parts = documents.map(({ document, footnotes }) => {
    const { title, publisher, publishedOn, url } = document;
    const facts = [
      `**${escaped(title)}**`,
      publisher && escaped(publisher),
      publishedOn,
      url && (isWebAddress(url) ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>` : escaped(url)),
    ];
    const places = footnotes.map(({ number, locator, quotes, citedFor }) => {
      const place = [
        locatorText(locator) || 'the document as a whole',
        ...quotes.map((quote) => `“${quote}”`),
        citedFor.map(citedForText).join('; '),
      ];
      return `${number}. ${escaped(place.filter(Boolean).join(': '))}`;
    });
    return `${sentences(facts)}\n\n${places.join('\n')}\n`;
  });
  return parts.join('\n');
}

/** Facts one after the other, each with one full stop between it and the next. */
function sentences(facts: readonly (string | null)[]): string {
  return facts
    .filter((fact) => fact !== null && fact !== '')
    .join('. ')
    .replaceAll('.. ', '. ');
}

/** Text that Markdown shows as it is, on one line. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>~|&#$]/g, '\\$&');
}
