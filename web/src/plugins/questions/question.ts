import { Kind, parse, visit } from 'graphql';

/** What the questions are about, in the order of their list. */
export const THEMES = [
  'Positions on laws',
  'Hearings in Washington',
  'Laws and their status',
  'What organizations say',
  'Studies and findings',
  'Claims without a study',
  'Conflicts',
  'Documents',
  'Connections',
  'Influence and coalitions',
  'Counts, names and certainty',
] as const;

export type Theme = (typeof THEMES)[number];

/** A question that is asked by an operation in a file. */
export interface Question {
  /** Its folder and file name: `worked/19-graph`. */
  readonly id: string;
  readonly theme: Theme;
  /** The question as a person asks it; ends with a question mark. */
  readonly asks: string;
  /** What the answer tells, and what to beware of when it is read. */
  readonly tells: string;
  /** What goes into the editor: the file without the line that names its theme. */
  readonly operation: string;
  /** What a search looks into, in lower case. */
  readonly searched: string;
}

const THEME = /^# Theme: (.+)\n/m;

/**
 * Reads a file of a golden query. The comment at its top holds the question, then what the answer tells, and as its last
 * line the theme:
 *
 * ```graphql
 * # Who wrote the model act?
 * # No source names an author.
 * # Theme: Laws and their status
 * ```
 *
 * @throws {Error} when one of the three is missing, or the theme is none of {@link THEMES}.
 */
export function readQuestion(path: string, text: string): Question {
  const id = path.replace(/^.*\/(?=[^/]+\/)/, '').replace(/\.graphql$/, '');
  const lines = text.split('\n');
  const header = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('#')),
  );
  const theme = THEMES.find((theme) => header.at(-1) === `# Theme: ${theme}`);
  if (!theme) {
    throw new Error(`${id}: its first comment does not end with the line "# Theme: …" that names a theme of the list`);
  }
  const comment = header
    .slice(0, -1)
    .map((line) => line.replace(/^#\s*/, ''))
    .join(' ');
  const end = comment.lastIndexOf('?') + 1;
  const [asks, tells] = [comment.slice(0, end).trim(), comment.slice(end).trim()];
  if (asks === '' || tells === '') {
    throw new Error(`${id}: its first comment does not hold a question and then a sentence on what the answer tells`);
  }
  const searched = `${asks} ${tells} ${theme} ${namesIn(text)}`.toLowerCase();
  return { id, theme, asks, tells, operation: text.replace(THEME, ''), searched };
}

/** What the operation names, in words: `law/wa-2025-26-sb-6287` becomes "law wa 2025 26 sb 6287". */
function namesIn(operation: string): string {
  const names: string[] = [];
  visit(parse(operation), {
    [Kind.STRING]: ({ value }) => {
      names.push(value.replaceAll(/[-/]/g, ' '));
    },
  });
  return names.join(' ');
}

/** Those in which all words of the search occur, in any case and order, whatever stands between the words. */
export function found(questions: readonly Question[], search: string): Question[] {
  const words = search.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return questions.filter(({ searched }) => words.every((word) => searched.includes(word)));
}

/** By theme; in each the worked ones first, then by number. */
export function ordered(questions: readonly Question[]): Question[] {
  const rank = ({ id, theme }: Question) => {
    const [folder, file = ''] = id.split('/');
    return THEMES.indexOf(theme) * 10_000 + (folder === 'worked' ? 0 : 1_000) + Number.parseInt(file, 10);
  };
  return [...questions].sort((a, b) => rank(a) - rank(b));
}
