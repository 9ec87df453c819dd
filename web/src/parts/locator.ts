import type { SourceFragment } from '../graphql.generated';

/** Where in its document something is said, as a reader would look for it: "lines 18 to 20". Empty when unknown. */
export function locatorText(locator: SourceFragment['locator']): string {
  switch (locator?.__typename) {
    case 'Lines':
      return locator.start === locator.end ? `line ${locator.start}` : `lines ${locator.start} to ${locator.end}`;
    case 'Pages':
      return locator.start === locator.end ? `page ${locator.start}` : `pages ${locator.start} to ${locator.end}`;
    case 'Section':
      return `section “${locator.title}”`;
    case 'Fragment':
      return `#${locator.value}`;
    case undefined:
      return '';
  }
}

/** The words by which the place is found in the document, when they are known. */
export function anchorOf(locator: SourceFragment['locator']): string | null {
  return locator?.__typename === 'Lines' ? locator.anchor : null;
}
