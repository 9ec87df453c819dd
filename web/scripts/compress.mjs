/**
 * Writes a Brotli (`.br`) and a gzip (`.gz`) copy beside every file of the bundle that gets smaller by it, so that the
 * server sends compressed files without ever compressing.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const BUNDLE = fileURLToPath(new URL('../dist', import.meta.url));
const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.ttf', '.txt', '.wasm']);

// Brotli's best quality takes ten times as long as 9 for some 5 % less: spent on files where nobody waits for it.
const BEST_QUALITY_BYTES_MAX = 256 * 1024;

const ENCODINGS = {
  '.br': (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: bytes.length <= BEST_QUALITY_BYTES_MAX ? 11 : 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

const names = (await readdir(BUNDLE, { recursive: true })).filter((name) => COMPRESSIBLE.has(extname(name)));

const total = { '.raw': 0, '.br': 0, '.gz': 0 };
for (const name of names) {
  const path = join(BUNDLE, name);
  const bytes = await readFile(path);
  total['.raw'] += bytes.length;
  for (const [suffix, compress] of Object.entries(ENCODINGS)) {
    const compressed = await compress(bytes);
    if (compressed.length < bytes.length) {
      await writeFile(path + suffix, compressed);
    }
    total[suffix] += Math.min(compressed.length, bytes.length);
  }
}

const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;
console.log(`${names.length} files: ${kib(total['.raw'])}, brotli ${kib(total['.br'])}, gzip ${kib(total['.gz'])}`);
