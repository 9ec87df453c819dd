import { useCallback, useEffect, useState } from 'react';

/** The size of the picture's texts, as its style sheet has it. */
const FONT_SIZE_PX = 13;
/** Names are somewhat heavier than the text that is measured. */
const SLACK = 1.06;

/** Tells how wide a text is in the font of the element. */
export function useTextMeasure(element: HTMLElement | null): (text: string) => number {
  const [family, setFamily] = useState('sans-serif');
  useEffect(() => {
    if (element) {
      setFamily(getComputedStyle(element).fontFamily);
    }
  }, [element]);
  return useCallback(
    (text) => {
      const context = canvas().getContext('2d');
      if (!context) {
        return text.length * FONT_SIZE_PX * 0.6;
      }
      context.font = `${FONT_SIZE_PX}px ${family}`;
      return context.measureText(text).width * SLACK;
    },
    [family],
  );
}

let ownCanvas: HTMLCanvasElement | undefined;

function canvas(): HTMLCanvasElement {
  ownCanvas ??= document.createElement('canvas');
  return ownCanvas;
}
