import type { Core } from 'cytoscape';

import { toSvg } from './svg';

/** Twice as fine as the picture on the page, for print. */
const SCALE = 2;

/** What every browser can draw: longer sides and larger areas come out empty in some. */
const SIDE_MAX_PX = 8192;
const AREA_MAX_PX = 16_000_000;

/** The same picture as {@link toSvg}, in pixels. Of a picture that would be too large, a smaller one. */
export async function toPng(cy: Core): Promise<Blob> {
  const image = new Image();
  // As a data URL, which the content security policy of the page allows for images.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg(cy))}`;
  await image.decode();
  const scale = scaleFor(image.naturalWidth, image.naturalHeight);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not draw the picture.'))));
  });
}

export function scaleFor(width: number, height: number): number {
  return Math.min(SCALE, SIDE_MAX_PX / width, SIDE_MAX_PX / height, Math.sqrt(AREA_MAX_PX / (width * height)));
}
