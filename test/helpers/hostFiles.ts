/** Puts a Dockerfile into the files that can hold one. Its lines end in `\n`. */
export interface Wrapped {
  readonly path: string;
  readonly host: string;
  /** How often the host writes one more character before an offset of the same line. */
  readonly added: (line: string) => number;
  /** Lines above it, and the indentation. */
  readonly lines: number;
  readonly indent: number;
  /** Of lines with nothing but blanks. */
  readonly blankIndent: number;
}

type Wrap = (text: string) => Wrapped | undefined;

const indented = (text: string, indent: string, isBlank = (line: string): boolean => line === '') =>
  text
    .split('\n')
    .map((line) => (isBlank(line) ? line : indent + line))
    .join('\n');
/** HCL takes the indentation from no such line. */
const isBlank = (line: string) => line.trim() === '';
const templates = (text: string) => text.replaceAll(/[$%](?=\{)/g, '$&$&');
const countOf = (pattern: RegExp) => (line: string) => line.match(pattern)?.length ?? 0;

const compose: Wrap = (text) => {
  const head = 'services:\n  web:\n    image: a # b\n    build:\n      dockerfile_inline: ';
  const chomp = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  const digit = /^\s/.test(text) ? '2' : '';
  const host = `${head}|${chomp}${digit}\n${indented(text.replaceAll('$', '$$$$'), '        ')}${text.endsWith('\n') ? '' : '\n'}  db:\n    image: c\n`;
  return { path: 'compose.yaml', host, added: countOf(/\$/g), lines: 5, indent: 8, blankIndent: 8 };
};

const bake: Wrap = (text) => {
  if (!text.endsWith('\n')) return undefined;
  const host = `target "web" {\n  dockerfile-inline = <<-END_OF_DOCKERFILE\n${indented(templates(text), '    ', isBlank)}  END_OF_DOCKERFILE\n  args = { A = "1" }\n}\n`;
  return { path: 'docker-bake.hcl', host, added: countOf(/[$%](?=\{)/g), lines: 2, indent: 4, blankIndent: 0 };
};

const bakeJson: Wrap = (text) => {
  const target = { web: { 'dockerfile-inline': templates(text), tags: ['a'] } };
  return {
    path: 'docker-bake.json',
    host: JSON.stringify({ target }, undefined, 2),
    added: () => 0,
    lines: -1,
    indent: 0,
    blankIndent: 0,
  };
};

const markdown: Wrap = (text) => {
  if (!text.endsWith('\n')) return undefined;
  const mark = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const host = `# Title\n\n1. Text\n\n   ${mark}dockerfile\n${indented(text, '   ')}   ${mark}\n\nMore\n`;
  return { path: 'README.md', host, added: () => 0, lines: 5, indent: 3, blankIndent: 3 };
};

export const WRAPS: Readonly<Record<string, Wrap>> = { compose, bake, bakeJson, markdown };
