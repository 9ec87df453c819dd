import { type CitedDocument, citedForText, type Footnote } from '../../answer/citations';
import { anchorOf, locatorText } from '../../parts/locator';

/**
 * The footnotes in which all of the words occur, with the numbers that they have. Of no words: all.
 *
 * They occur in the document and the place, and in one of the things that it is cited for: a page that is cited for a
 * hundred statements is not found by words of two of them, and what else it is cited for is left out.
 */
export function matching(documents: readonly CitedDocument[], search: string): readonly CitedDocument[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return documents;
  }
  return documents
    .map(({ document, footnotes }) => ({
      document,
      footnotes: footnotes.flatMap((footnote) => {
        const place = `${document.title} ${document.publisher ?? ''} ${placeText(footnote)}`.toLowerCase();
        const missing = words.filter((word) => !place.includes(word));
        if (missing.length === 0) {
          return [footnote];
        }
        const citedFor = footnote.citedFor.filter((cited) => {
          const text = citedForText(cited).toLowerCase();
          return missing.every((word) => text.includes(word));
        });
        return citedFor.length > 0 ? [{ ...footnote, citedFor }] : [];
      }),
    }))
    .filter(({ footnotes }) => footnotes.length > 0);
}

function placeText({ locator, quotes }: Footnote): string {
  return [locatorText(locator), anchorOf(locator) ?? '', ...quotes].join(' ');
}
