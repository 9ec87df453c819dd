import type { CitedDocument } from '../../answer/citations';
import { locatorText } from '../../parts/locator';
import { isWebAddress } from '../../parts/web-address';

/** A document as reference managers and citation processors read it (CSL-JSON 1.0). */
export interface CslItem {
  id: string;
  type: 'webpage' | 'document';
  title: string;
  publisher?: string;
  issued?: { 'date-parts': [number[]] };
  URL?: string;
  note?: string;
}

/**
 * One item a document.
 *
 * In CSL a locator belongs to a citation in a text, not to the item, and managers drop fields that they do not know. So the
 * places stand in `note`, which Zotero, Mendeley and JabRef all keep, with the numbers of the footnotes.
 */
export function cslOf(documents: readonly CitedDocument[]): CslItem[] {
  return documents.map(({ document, footnotes }) => {
    const { slug, title, publisher, publishedOn, url } = document;
    const places = footnotes.flatMap(({ number, locator }) => {
      const place = locatorText(locator);
      return place ? `[${number}] ${place}` : [];
    });
    const isOnline = url !== null && isWebAddress(url);
    const notes = [
      places.length > 0 && `Cited: ${places.join('; ')}`,
      // Managers make a link of whatever stands in URL.
      url && !isOnline && `Address: ${url}`,
    ].filter(Boolean);
    return {
      id: slug,
      type: isOnline ? 'webpage' : 'document',
      title,
      ...(publisher && { publisher }),
      ...(publishedOn && { issued: { 'date-parts': [publishedOn.split('-').map(Number)] } }),
      ...(isOnline && { URL: url }),
      ...(notes.length > 0 && { note: notes.join('. ') }),
    };
  });
}
