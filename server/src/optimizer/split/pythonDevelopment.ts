import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { sourcesOf } from '../../app/neededPrograms';
import { readInImage } from '../../app/packageJson';
import { isShellScript } from '../../app/programCalls';
import type { Site } from '../../app/site';
import { startLines } from '../../app/start/startLines';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { escapePattern } from '../../text/pattern';
import { wordList } from '../../text/wordList';
import { managerIn, managerWords } from './pythonManagers';

/** Packages to test, check and work on a program, whose modules have the same names (PyPI, 2026-11). */
const FOR_DEVELOPMENT = wordList`
  autoflake autopep8 bandit basedpyright black codespell commitizen coverage debugpy deptry djlint faker flake8
  flake8-[\w-]+ freezegun hypothesis ipdb ipykernel ipython isort jupyter jupyterlab mypy nbstripout nox pip-audit
  poethepoet pre-commit pylint pylint-[\w-]+ pyright pytest pytest-[\w-]+ pyupgrade respx ruff taskipy tox tox-uv
  twine ty types-[\w-]+ vcrpy yapf [\w-]+-stubs
`;
/** Options that choose the groups. */
const CHOOSES = /^--(?:no-dev|dev|only|only-[\w-]+|with|without|group|no-group|all-groups|no-default-groups)(?:=|$)/;

/** Leaves the development packages out of an install of uv or Poetry, if they are nothing but tools. */
export function developmentEdits(site: Site, run: Instruction): TextEdit[] {
  return (run.script?.commands ?? []).flatMap((command) => {
    const manager = managerIn(command);
    if ((manager !== 'uv' && manager !== 'poetry') || command.words.some(({ value }) => CHOOSES.test(value))) return [];
    const names = developmentNames(site, run, manager);
    const at = subcommandEnd(command);
    if (at === undefined || names === undefined || names.length === 0 || areUsed(site, names)) return [];
    return [insertion(at, manager === 'uv' || hasOldPoetry(site) ? ' --no-dev' : ' --only main')];
  });
}

function subcommandEnd({ words }: ShellCommand): number | undefined {
  return managerWords(words)?.find(({ value }, index) => index > 0 && !value.startsWith('-'))?.span.end;
}

/** Poetry has groups since 1.2: https://python-poetry.org/docs/managing-dependencies (2026-11). */
function hasOldPoetry({ stage }: Site): boolean {
  return stage.instructions.some(({ bodyText }) => /\bpoetry(?:[=~]=|@)["']?1\.[01]\b/.test(bodyText));
}

/**
 * The packages of the groups that are installed by default; undefined where that is uncertain:
 * https://docs.astral.sh/uv/concepts/projects/dependencies (2026-11).
 */
function developmentNames(site: Site, run: Instruction, manager: 'uv' | 'poetry'): string[] | undefined {
  const text = readInImage(site, absolutePath('pyproject.toml', workdirAt(run))) ?? '';
  const tables = text.split(/^\[/m).slice(1);
  const contentOf = (name: RegExp) =>
    tables.filter((table) => name.test(table)).map((table) => table.slice(table.indexOf(']') + 1));
  const groups = contentOf(/^dependency-groups\]/);
  if (manager === 'poetry') {
    const lines = contentOf(/^tool\.poetry\.(?:group\.[\w-]+\.|dev-)dependencies\]/)
      .join('\n')
      .split('\n');
    const names = lines.flatMap((line) => /^["']?([\w.-]+)["']?\s*=/.exec(line)?.[1] ?? []);
    return groups.length === 0 && areTools(names) ? names : undefined;
  }
  const settings = contentOf(/^tool\.uv\]/).join('\n');
  const list =
    listAfter(groups.join('\n'), /^dev[ \t]{0,9}=[ \t]{0,9}\[/m) +
    listAfter(settings, /^dev-dependencies[ \t]{0,9}=[ \t]{0,9}\[/m);
  // A list that includes another group, or whose end is not its first bracket.
  if (/[[{]/.test(list) || /^default-groups\b/m.test(settings)) return undefined;
  const names = [...list.matchAll(/["']([\w.-]+)/g)].map(([, name = '']) => name);
  return areTools(names) ? names : undefined;
}

/** The text between a bracket and the next closing one. */
function listAfter(text: string, open: RegExp): string {
  const match = open.exec(text);
  if (!match) return '';
  const rest = text.slice(match.index + match[0].length);
  return `${rest.slice(0, rest.indexOf(']'))}\n`;
}

function areTools(names: readonly string[]): boolean {
  return names.every((name) => FOR_DEVELOPMENT.test(name.toLowerCase()));
}

/** True if an instruction, a script or a start command names one of them, or a source imports it. */
function areUsed(site: Site, names: readonly string[]): boolean {
  const sources = sourcesOf(site);
  if (!sources) return true;
  const { stage, services } = site;
  const texts = [
    ...stage.instructions.filter(({ keyword }) => keyword !== 'COPY').map(({ bodyText }) => bodyText),
    ...startLines(site),
    ...services.flatMap(({ starts, programs = [] }) => [...starts, ...programs]),
    ...sources.filter(isShellScript).map(({ text }) => text),
  ];
  return names.some((name) => {
    const word = new RegExp(`(?:^|[\\s"'/;&|(])${escapePattern(name)}(?:$|[\\s"';&|),])`, 'i');
    const module = escapePattern(name.replace(/-/g, '_'));
    const imports = new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${module}\\b`, 'im');
    return (
      texts.some((text) => word.test(text)) ||
      sources.some(
        ({ path, text }) => path.endsWith('.py') && !/(?:^|\/)conftest\.py$/.test(path) && imports.test(text),
      )
    );
  });
}
