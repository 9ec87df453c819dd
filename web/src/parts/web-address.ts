/**
 * Whether a text of the corpora may become a link.
 *
 * They are others' work: an address of another kind, such as `javascript:`, is told as text and leads nowhere.
 */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
