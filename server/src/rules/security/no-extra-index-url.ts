import { defineRule } from '../../engine/rule';
import { readOptions, toolOf } from '../../shell/options';
import { anyOf } from '../../text/pattern';
import { visitSettings } from '../shared/variableSettings';

export default defineRule({
  meta: {
    id: 'no-extra-index-url',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: ['semgrep:dockerfile-pip-extra-index-url'],
    fixable: 'manual',
    messages: {
      both: '`{name}` lets pip take private packages from PyPI',
      index: 'Write `--index-url` with an index that serves both, or pin hashes',
    },
    docs: {
      description: 'Do not mix a private package index with PyPI',
      rationale:
        'pip asks all indexes and installs the highest version, whatever index it is from. An attacker who uploads a higher version under the name of your private package to PyPI runs code in your build: dependency confusion. Use one index that serves private and public packages, or `--require-hashes`.',
      fixSafety: { manual: 'your index may not serve the public packages.' },
      bad: ['FROM python:3.13-slim\nRUN pip install --extra-index-url https://pypi.corp.example/simple app==1.0\n'],
      good: [
        'FROM python:3.13-slim\nRUN pip install --index-url https://pypi.corp.example/simple app==1.0\n',
        'FROM python:3.13-slim\nRUN pip install --extra-index-url https://download.pytorch.org/whl/cpu torch==2.9.0\n',
      ],
      references: ['https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url'],
    },
  },
  create: ({ dockerfile, report }) => {
    const settings = visitSettings(dockerfile, { names: ['PIP_EXTRA_INDEX_URL'], value: PRIVATE }, ({ name, span }) =>
      report(span, 'both', { data: { name }, fix: { title: 'index', safety: 'manual' } }),
    );
    return {
      ...settings,
      command(command, on) {
        settings.command?.(command, on);
        if (on.keyword !== 'RUN' || toolOf(command).tool !== 'pip') return;
        const { options, has } = readOptions(command);
        if (has('--require-hashes')) return;
        for (const { name, value, word } of options) {
          const address = name === '--extra-index-url' ? on.expand(value ?? '') : undefined;
          if (address === undefined || !PRIVATE.test(address)) continue;
          report(word.span, 'both', { data: { name }, fix: { title: 'index', safety: 'manual' } });
        }
      },
    };
  },
});

/** Hosts of public indexes: they contain the same packages, or the packages of one project. */
const PUBLIC = anyOf(
  /pypi\.org|piwheels\.org|anaconda\.org|github\.io|gitlab\.com|tuna\.tsinghua\.edu\.cn|aliyun\.com/,
  /pytorch\.org|pyg\.org|openmmlab\.com|vllm\.ai|googleapis\.com\/jax[\w-]{0,40}|paddlepaddle\.org[\w.]{0,40}/,
  /nvidia\.com|amd\.com|intel\.com/,
);
const PRIVATE = new RegExp(`^https?://(?!(?:[^/@]{0,80}@)?(?:[\\w.-]{1,80}\\.)?(?:${PUBLIC.source})(?:[:/]|$))\\S`);
