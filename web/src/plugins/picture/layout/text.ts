/** Widths of words at 100 px, by font and word: measuring is slow, and the same words come again and again. */
const widths = new Map<string, number>();

let context: CanvasRenderingContext2D | null | undefined;

/** How wide a line of text is. `font` is a CSS font of 100 px. */
export function widthOf(line: string, font: string, fontSize: number): number {
  const key = `${font}\n${line}`;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= document.createElement('canvas').getContext('2d');
    if (context) {
      context.font = font;
    }
    // Without a canvas, as in tests, a letter is about half as wide as high.
    width = context?.measureText(line).width ?? line.length * 55;
    widths.set(key, width);
  }
  return (width * fontSize) / 100;
}

/** The text in lines of at most this width, broken between words: a longer word stays whole. */
export function linesOf(text: string, font: string, fontSize: number, maxWidth: number | undefined): string[] {
  const paragraphs = text.split('\n');
  if (maxWidth === undefined) {
    return paragraphs;
  }
  return paragraphs.flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
      if (lines.length > 0 && widthOf(longer, font, fontSize) <= maxWidth) {
        lines[lines.length - 1] = longer;
      } else {
        lines.push(word);
      }
    }
    return lines.length > 0 ? lines : [''];
  });
}
