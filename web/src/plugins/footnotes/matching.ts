import { type CitedDocument, citedForText } from '../../answer/citations';
import { anchorOf, locatorText } from '../../parts/locator';

/** The footnotes in which all of the words occur, with the numbers that they have. Of no words: all. */
export function matching(documents: readonly CitedDocument[], search: string): readonly CitedDocument[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return documents;
  }
  return documents
    .map(({ document, footnotes }) => ({
      document,
      footnotes: footnotes.filter(({ locator, quotes, citedFor }) => {
        const text = [
          document.title,
          document.publisher,
          locatorText(locator),
          anchorOf(locator),
          ...quotes,
          ...citedFor.map(citedForText),
        ]
          .join(' ')
          .toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ footnotes }) => footnotes.length > 0);
}
