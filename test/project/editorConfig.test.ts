import { dirname } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { editorConfigOptions } from '../../server/src/project/editorConfig';

function optionsIn(files: Readonly<Record<string, string>>, path = '/p/a/Dockerfile') {
  return editorConfigOptions(
    {
      readText: (file) => files[file],
      parentOf: (folder) => (dirname(folder) === folder ? undefined : dirname(folder)),
    },
    path,
  );
}
const spaces = (count: number) => ({ indent: ' '.repeat(count), isIndentForAll: true });

describe('.editorconfig', () => {
  it.each([
    ['spaces', 'indent_style = space\nindent_size = 2', spaces(2)],
    ['a tab', 'indent_style=tab\nindent_size=8', { indent: '\t', isIndentForAll: true }],
    ['the width of a tab', 'indent_style = space\nindent_size = tab\ntab_width = 3', spaces(3)],
    ['upper case', 'Indent_Size = 2', spaces(2)],
    ['comments', '; indent_size = 8\n# indent_size = 8\nindent_size = 2', spaces(2)],
    [
      'what stays',
      'trim_trailing_whitespace = false\ninsert_final_newline = false',
      { keepsTrailingBlanks: true, keepsLastLine: true },
    ],
    ['nothing', 'charset = utf-8\nindent_style = space', {}],
    ['no number', 'indent_size = many', {}],
  ])('may say %s', (_, properties, options) => {
    expect(optionsIn({ '/p/.editorconfig': `[*]\n${properties}\n` })).toEqual(options);
  });

  it.each([
    ['[Dockerfile]', true],
    ['[{*.yml,Dockerfile}]', true],
    ['[a/**]', true],
    ['[/a/*]', true],
    ['[*.dockerfile]', false],
    ['[b/**]', false],
  ])('%s is for this file: %s', (section, isMeant) => {
    const options = optionsIn({ '/p/.editorconfig': `${section}\nindent_size = 2\n` });
    expect(options).toEqual(isMeant ? spaces(2) : {});
  });

  it('lets the nearest file have the last word, up to the root', () => {
    const top = '[*]\nindent_size = 8\ninsert_final_newline = false\n';
    expect(optionsIn({ '/.editorconfig': top, '/p/.editorconfig': '[*]\nindent_size = 2\n' })).toEqual({
      ...spaces(2),
      keepsLastLine: true,
    });
    expect(optionsIn({ '/.editorconfig': top, '/p/.editorconfig': 'root = true\n' })).toEqual({});
    expect(optionsIn({ '/.editorconfig': top, '/p/.editorconfig': '[*]\nindent_size = unset\n' })).toEqual({
      keepsLastLine: true,
    });
  });
});
