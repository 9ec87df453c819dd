import { defineConfig } from 'vite';

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
});
