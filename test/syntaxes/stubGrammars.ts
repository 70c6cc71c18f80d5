import type { IRawGrammar } from 'vscode-textmate';

/** Just enough of each language to show where it begins and ends, and what an open quote would spill over. */
const stubs: Readonly<Record<string, object[]>> = {
  'source.shell': [
    { name: 'comment.line.shell', match: '(?:^|[ \\t]+)#.*' },
    { name: 'string.quoted.double.shell', begin: '"', end: '"', patterns: [{ include: '#variable' }] },
    { name: 'string.quoted.single.shell', begin: "'", end: "'" },
    { name: 'meta.block.shell', begin: '\\bif\\b', end: '\\bfi\\b', patterns: [{ include: '$self' }] },
    { name: 'keyword.operator.shell', match: '&&|\\|\\||[|;]' },
    { include: '#variable' },
  ],
  'source.python': [
    { name: 'string.quoted.docstring.python', begin: '"""', end: '"""' },
    { name: 'keyword.control.python', match: '\\b(?:import|from)\\b' },
  ],
  'source.js': [{ name: 'string.template.js', begin: '`', end: '`' }],
  'source.json': [{ name: 'meta.object.json', begin: '\\{', end: '\\}' }],
  'source.yaml': [{ name: 'entity.name.tag.yaml', match: '^\\w+(?=:)' }],
};

export function stubGrammar(scopeName: string): IRawGrammar | null {
  const patterns = stubs[scopeName];
  if (patterns === undefined) return null;
  const variable = { name: 'variable.other.shell', match: '\\$\\w+' };
  return { scopeName, patterns, repository: { variable } } as unknown as IRawGrammar;
}
