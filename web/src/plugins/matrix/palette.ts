/** A colour of a cell, and of what is written on it, as `#rrggbb`. */
export interface Shade {
  readonly ground: string;
  readonly text: string;
}

/** By day and by night; also by night some grounds are bright. */
const INKS = ['#111827', '#ffffff'] as const;

/**
 * From differing in all to alike in all: from orange over grey to blue, which are told apart also by those who do not
 * see red or green. In the manner of ColorBrewer's PuOr (Brewer 2003); by night the middle is dark.
 */
export const LIGHT: readonly Shade[] = onto([
  '#d9660b',
  '#f5a85c',
  '#fbd9b2',
  '#ededed',
  '#c4dcf0',
  '#74aedb',
  '#1f5f9e',
]);
export const DARK: readonly Shade[] = onto([
  '#f08a2c',
  '#a85a14',
  '#6e4420',
  '#3f4653',
  '#27506f',
  '#3c86bd',
  '#6db8f2',
]);

/** Which shade a score from 0 to 1 has: the outermost only 0 and 1, so that they mean "in all". */
export function shadeOf(score: number): number {
  if (score <= 0 || score >= 1) {
    return score <= 0 ? 0 : LIGHT.length - 1;
  }
  return score === 0.5 ? 3 : score < 0.25 ? 1 : score < 0.5 ? 2 : score <= 0.75 ? 4 : 5;
}

/** What the shades mean, in the words of a legend. */
export const MEANINGS: readonly string[] = [
  'differ on all',
  'alike on under ¼',
  'on under ½',
  'on half',
  'on up to ¾',
  'on more',
  'alike on all',
];

/** How well two colours are told apart, from 1 to 21: the contrast ratio of WCAG 2.2. */
export function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Each ground with the ink that is read better on it. */
function onto(grounds: readonly string[]): Shade[] {
  return grounds.map((ground) => {
    const [dark, light] = INKS;
    return { ground, text: contrast(ground, dark) >= contrast(ground, light) ? dark : light };
  });
}
