import rule from '../../../server/src/rules/correctness/require-copy-source';
import { buildContextOf } from '../../helpers/buildContext';
import { type Marked, testRule } from '../../helpers/ruleTester';

const FILES = { 'b.py': '', 'd/f': '', 'src/main.py': '' };
const context = (files: Readonly<Record<string, string>>, unlisted: readonly string[] = ['.git', 'linked']) =>
  buildContextOf({ ...FILES, ...files }, false, unlisted);
const settings = { isNamedInBuildFile: true };
/** In the root of a repository. */
const valid = (sources: string, files: Readonly<Record<string, string>> = {}, to = '/c/') => ({
  code: `FROM a\nCOPY ${sources} ${to}\n`,
  name: `${sources} beside ${Object.keys(files).join(' ')}`,
  buildContext: context(files),
});
const invalid = (sources: string, at: Marked, files: Readonly<Record<string, string>> = {}) => ({
  ...valid(sources, files),
  findings: [{ messageId: 'absent' as const, at }],
});

testRule(rule, {
  docs: { buildContext: context({ 'app.py': '' }) },
  onbuild: false,
  valid: [
    'FROM a\nCOPY b /c\n',
    valid('b.py ./d/ d/. . e* $X linked/x'),
    valid('--from=x gone.py'),
    valid('--parents gone.py'),
    valid('../gone.py'),
    // made, ignored by Git or named by what builds the project
    valid('target/a.jar app.war dist .env config.json certs/a.conf web-build'),
    valid('gone.py', { '.gitignore': '# all\n\ngone.*\n!kept.py\n' }),
    valid('src/gone.py', { 'src/.gitignore': '/gone.py\n' }),
    valid('gone.py', { '.github/workflows/a.yml': 'run: python make.py > gone.py' }),
    valid('tool', { Makefile: 'tool: a.c' }),
    valid('tool', { 'go.mod': '' }),
    valid('tool', {}, '/usr/local/bin/'),
    // what other folders or nobody may have
    valid('package*.json', { 'web/package.json': '' }),
    valid('package*.json', { 'package.json': '' }),
    valid('yarn.lock*'),
    // Another build may have that folder as its context.
    valid('main.py'),
    { ...valid('gone.py'), buildContext: context({}, ['']), name: 'a listing that was cut off' },
    { ...valid('gone.py'), buildContext: context({}, []), name: 'a folder that may not be the context' },
    { ...valid('a.conf package-lock.json'), settings, buildContext: context({}, []), name: 'a .gitignore above' },
    { ...valid('module/a.py'), settings, buildContext: context({}, []), name: 'a submodule' },
  ],
  invalid: [
    {
      code: 'FROM a\nADD ["./dd/", "ee.py", "d", "/c/"]\n',
      buildContext: context({ 'e.py': '' }),
      findings: [
        { messageId: 'absent', at: '"./dd/"' },
        { messageId: 'absent', at: '"ee.py"' },
      ],
    },
    invalid('b.py yarn.lock', 'yarn.lock', { 'package.json': '', 'sub/yarn.locks': '' }),
    invalid('src/man.py', 'src/man.py', { '.gitignore': '!src/man.py\n/man.py\nother\n' }),
    { ...valid('./package*.json'), findings: [{ messageId: 'nothing', at: './package*.json' }] },
    invalid('scripts', 'scripts', { 'run.sh': 'echo' }),
    {
      ...invalid('main.py', 'main.py'),
      name: 'a folder that a Compose file names',
      settings,
      buildContext: context({}, []),
    },
  ],
});
