// What the page uses of Citation.js, which comes without types.

declare module '@citation-js/core' {
  export class Cite {
    constructor(items: readonly object[]);
    format(name: 'bibtex'): string;
  }

  export const plugins: {
    config: {
      get(name: '@bibtex'): { format: { useIdAsLabel: boolean; checkLabel: boolean; asciiOnly: boolean } };
    };
  };
}

declare module '@citation-js/plugin-bibtex';
