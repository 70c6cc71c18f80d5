import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { baseName } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { mayFail } from '../shared/expectedFailure';

export default defineRule({
  meta: {
    id: 'no-build-before-copy',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      early: '`{command}` runs before the sources are in the image',
      later: 'The sources are copied here',
      move: 'Move it below the COPY of the sources',
    },
    docs: {
      description: 'Build after the sources are copied',
      rationale:
        'Only manifests are in the image at this step. The build fails, or it builds nothing and the sources that are copied below stay as they are.',
      fixSafety: { manual: 'another step may need its result.' },
      bad: ['FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nRUN npm run build\nCOPY . .\n'],
      good: ['FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n'],
      references: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      const steps = inheritedInstructions(stage);
      // Only what is in this file: a base image of the project may hold the sources.
      const copies = steps.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
      const sources = copies.find((node) => !isManifests(node));
      const isAll = sources?.args.some(({ value }) => /^(?:\.\/?|\.?\/?(?:src|app)\/?)$/.test(value));
      if (copies.length === 0 || sources === copies[0]) return;
      if (sources && (!isAll || sources.stage !== stage || sources.flags.some(({ name }) => name === 'from'))) return;
      const end = sources?.span.start ?? Number.POSITIVE_INFINITY;
      const before = steps.filter(({ keyword, span }) => keyword === 'RUN' && span.start < end);
      if (before.some(mayBringSources)) return;
      for (const node of before.filter((one) => one.stage === stage)) {
        const command = node.script?.commands.find((one) => buildsSources(one) && !mayFail(one));
        if (!command) continue;
        report(command.span, 'early', {
          data: {
            command: command.words
              .slice(0, command.name === 'bundle' ? 4 : 3)
              .map(({ value }) => value)
              .join(' '),
          },
          related: sources ? [{ messageId: 'later', span: sources.keywordSpan }] : [],
          fix: { title: 'move', safety: 'manual' },
        });
        return;
      }
    },
  }),
});

function mayBringSources({ flags, script, heredocs, bodyText }: Instruction): boolean {
  return flags.length > 0 || !script || heredocs.length > 0 || BRINGS.test(bodyText);
}

/** What may bring the sources, or make a project. */
const BRINGS = /\b(?:git|curl|wget|svn|tar|unzip|degit|create|new|init|generate|startproject|echo|cp|mv)\b/;

function isManifests({ args }: Instruction): boolean {
  const sources = args.slice(0, -1).map(({ value }) => baseName(value));
  return sources.length > 0 && sources.every((name) => MANIFEST.test(name));
}

const MANIFEST = anyOf(
  /^(?:package|package-lock|npm-shrinkwrap|tsconfig|angular|nest-cli|composer|turbo|lerna|nx)[\w.*-]*\.?(?:json|lock|\*)$|^package\*$/,
  /^(?:yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|\.npmrc|\.yarnrc|\.yarnrc\.yml)\*?$/,
  /^(?:requirements[\w.-]*\.txt|pyproject\.toml|(?:poetry|uv|pdm)\.lock\*?|Pipfile(?:\.lock)?\*?|Gemfile(?:\.lock)?\*?|\.ruby-version)$/,
);

function buildsSources({ name, words }: ShellCommand): boolean {
  const [, first = '', second = ''] = words.map(({ value }) => value);
  if (/^(?:npm|pnpm|yarn|bun)$/.test(name))
    return (/^run(?:-script)?$/.test(first) ? second : name === 'npm' ? '' : first) === 'build';
  if (/^python[\d.]*$/.test(name)) return first === 'manage.py' && !/^-|help/.test(second);
  const task = name === 'bundle' ? words.slice(3) : words.slice(1);
  const program = name === 'bundle' && first === 'exec' ? second : baseName(name);
  return /^(?:rails|rake)$/.test(program) && task.some(({ value }) => value === 'assets:precompile');
}
