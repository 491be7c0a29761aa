import { defineConfig } from 'vite';

export default defineConfig({
  // Addresses count from the page's own base, which the server knows.
  base: './',
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Preloading would write a script into the page, which its policy forbids.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onwarn: (warning, warn) => {
        // What libraries write for servers means nothing in a browser.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
