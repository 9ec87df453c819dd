/** A value of an enum as words: `NEUTRAL_ON` becomes "neutral on". */
export function words(term: string): string {
  return term.toLowerCase().replaceAll('_', ' ');
}
