import { expect, it, vi } from 'vitest';

import { download } from './download';

it('gives the reader a file of that name and content', async () => {
  const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:here');
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(`${this.download} ${this.href}`);
  });
  download('answer.graphml', new Blob(['<graphml/>']));
  expect(clicked).toEqual(['answer.graphml blob:here']);
  const [content] = made.mock.calls[0] ?? [];
  expect(content instanceof Blob && (await content.text())).toBe('<graphml/>');
});
