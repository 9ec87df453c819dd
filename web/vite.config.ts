import { defineConfig } from 'vitest/config';

/** A server to develop the page against: `npm run dev` passes its requests on to it. */
const SERVER = process.env.GROUNDS_URL ?? 'http://127.0.0.1:8080';
const proxy = { '/graphql': SERVER, '/schema.graphql': SERVER };

export default defineConfig({
  // Relative addresses, so that the bundle works wherever the server is mounted.
  base: './',
  build: {
    target: 'es2022',
    // The licences of everything that is bundled ask to travel with it.
    license: { fileName: 'licenses.txt' },
    // The editor is one large chunk by nature; the server sends it compressed, once.
    chunkSizeWarningLimit: 5_000,
    // Libraries mark files "use client" for server rendering, which this page has none of.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  // GraphiQL starts its language workers as modules, which the default format (iife) cannot split.
  worker: { format: 'es' },
  // The questions are the server's golden queries, which stand outside of this folder.
  server: { proxy, fs: { allow: ['.', '../tests/queries'] } },
  preview: { proxy },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
