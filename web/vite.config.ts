import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** A server to develop the page against: `npm run dev` passes its requests on to it. */
const SERVER = process.env.GROUNDS_URL ?? 'http://127.0.0.1:8080';
const proxy = { '/graphql': { target: SERVER, ws: true }, '/schema.graphql': SERVER };

/** What every visit needs, one after the other: the page, and the editor that it asks for once it runs. */
const NEEDED_AT_ONCE = ['/src/page/start.tsx', '/monaco-graphql/esm/monaco-editor.js', '/monaco-graphql/esm/lite.js'];

/**
 * Has the browser load at once what each script would ask for only after the one before has arrived and run. None of it
 * holds up the first paint.
 */
function preloadPage(): Plugin {
  return {
    name: 'preload-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const scripts = new Set<string>();
        const styles = new Set<string>();
        const need = (fileName: string) => {
          const chunk = bundle[fileName];
          if (chunk?.type === 'chunk' && !chunk.isEntry && !scripts.has(fileName)) {
            scripts.add(fileName);
            for (const style of chunk.viteMetadata?.importedCss ?? []) {
              styles.add(style);
            }
            chunk.imports.forEach(need);
          }
        };
        for (const module of NEEDED_AT_ONCE) {
          const chunk = Object.values(bundle).find(
            (output) => output.type === 'chunk' && output.moduleIds.some((id) => id.endsWith(module)),
          );
          if (!chunk) {
            throw new Error(`no chunk of the bundle is ${module}`);
          }
          need(chunk.fileName);
        }
        const link = (attrs: Record<string, string>, fileName: string): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true, href: `./${fileName}` },
          injectTo: 'head',
        });
        return [
          ...[...styles].map((fileName) => link({ rel: 'preload', as: 'style' }, fileName)),
          ...[...scripts].map((fileName) => link({ rel: 'modulepreload' }, fileName)),
        ];
      },
    },
  };
}

export default defineConfig({
  // Relative addresses, so that the bundle works wherever the server is mounted.
  base: './',
  plugins: [preloadPage()],
  build: {
    target: 'es2022',
    // The licences of everything that is bundled ask to travel with it.
    license: { fileName: 'licenses.txt' },
    // The editor is one large chunk by nature; the server sends it compressed, once.
    chunkSizeWarningLimit: 5_000,
    // Libraries mark files "use client" for server rendering, which this page has none of.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  // The language workers are started as modules, which the default format (iife) cannot split.
  worker: { format: 'es' },
  // The questions are the server's golden queries, which stand outside of this folder.
  server: { proxy, fs: { allow: ['.', '../tests/queries'] } },
  preview: { proxy },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
