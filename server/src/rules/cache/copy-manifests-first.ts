import {
  type Cut,
  cutBehind,
  type DependencyInstall,
  dependencyInstall,
  needsNoSources,
} from '../../app/dependencyInstall';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';
import { startWithComments } from '../shared/lines';
import { lineEndOf } from '../shared/runLayout';

type MessageId = 'sourcesFirst' | 'copyFirst' | 'explain' | 'copied';

export default defineRule<MessageId>({
  meta: {
    id: 'copy-manifests-first',
    group: 'cache',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      sourcesFirst: 'Every change of a source file runs `{command}` again',
      copied: 'All sources are copied here',
      copyFirst: 'Copy {manifests} and install, then copy the sources',
      explain: 'Copy the files that name the dependencies, install, then copy the sources',
    },
    docs: {
      description: 'Copy dependency manifests and install before copying the sources',
      rationale:
        'Docker takes a step from the cache when nothing before it has changed. With `COPY . .` in front of the install, every edited source file installs all dependencies again; with the manifests copied first, only a change of the manifests does.',
      fixSafety:
        'Never applied without your choice: an install may need more than its manifests (install scripts, workspaces, local packages). Not offered where the manifests show such a need, or where it is not certain that they lie beside the Dockerfile.',
      bad: [
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      ],
      good: [
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
        'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm run build\n',
      ],
      references: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
    },
  },
  create: ({ dockerfile, buildContext, report }) => ({
    stage(stage) {
      for (const [index, node] of stage.instructions.entries()) {
        if (!copiesContext(node)) continue;
        const before = stage.instructions.slice(0, index);
        const run = stage.instructions.slice(index + 1).find((other) => dependencyInstall(other) !== undefined);
        const install = run && dependencyInstall(run);
        if (!run || !install || before.some((other) => copiesManifest(other, install))) return;
        report(install.command.span, 'sourcesFirst', {
          data: { command: shortText(dockerfile, install) },
          related: [{ messageId: 'copied', span: node.span }],
          fix: fixFor(dockerfile, node, run, install, buildContext),
        });
        return;
      }
    },
  }),
});

/** `COPY . .`: the whole build context, from no other stage. */
function copiesContext(node: Instruction): boolean {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  if (node.flags.some((flag) => flag.name === 'from' || flag.name === 'parents')) return false;
  return node.args.length === 2 && /^\.?\/?\.?$/.test(node.args[0]?.value ?? 'none');
}

function copiesManifest(node: Instruction, install: DependencyInstall): boolean {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  return node.args.slice(0, -1).some((word) => install.isManifest(word.value.replace(/^\.\//, '')));
}

function fixFor(
  dockerfile: DockerfileModel,
  copy: Instruction,
  run: Instruction,
  install: DependencyInstall,
  context: BuildContext | undefined,
): FixDraft<MessageId> {
  const explain: FixDraft<MessageId> = { title: 'explain', safety: 'manual' };
  const manifests = install.manifestsFor(context);
  const destination = copy.args[1]?.text;
  if (!manifests || destination === undefined || copy.form === 'exec') return explain;
  const isInWorkdir = /^\.\/?$/.test(destination) || copy.expand(destination)?.replace(/\/$/, '') === workdirOf(copy);
  if (!isInWorkdir || !isIndependent(copy, run)) return explain;
  const cut = install.isAlone ? undefined : cutBehind(dockerfile, run, install.command);
  if (!install.isAlone && !cut) return explain;
  const flags = copy.flags.map((flag) => `${dockerfile.text.slice(flag.span.start, flag.span.end)} `).join('');
  const folder = manifests.length > 1 || manifests.some((name) => name.includes('*')) ? './' : '.';
  return {
    title: 'copyFirst',
    data: { manifests: manifests.join(', ') },
    safety: 'unsafe',
    edits: moveBehind(dockerfile, copy, run, `COPY ${flags}${manifests.join(' ')} ${folder}`, cut),
    isolation: `instruction:${copy.span.start}`,
  };
}

/** Nothing between the two looks at the sources. */
function isIndependent(copy: Instruction, run: Instruction): boolean {
  const stage = copy.stage?.instructions ?? [];
  return stage.slice(stage.indexOf(copy) + 1, stage.indexOf(run)).every(needsNoSources);
}

/** The manifests right before the install, the sources, with the comments above them, right behind it. */
function moveBehind(
  dockerfile: DockerfileModel,
  copy: Instruction,
  run: Instruction,
  first: string,
  cut: Cut | undefined,
): TextEdit[] {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  const start = startWithComments(text, copy.span.start);
  const sources = text.slice(start, copy.span.end);
  const before = startWithComments(text, run.span.start);
  const behind: TextEdit = cut
    ? {
        span: cut.span,
        newText: `${eol}${sources}${eol}${text.slice(run.span.start, run.body.start)}${cut.settings}`,
      }
    : { span: { start: run.span.end, end: run.span.end }, newText: `${eol}${sources}` };
  let end = text.indexOf('\n', copy.span.end) + 1;
  if (end >= before) return [{ span: { start, end: before }, newText: `${first}${eol}` }, behind];
  // Blank lines on both sides would become two.
  const isAfterBlank = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  if (isAfterBlank) end += /^(?:[ \t]*\r?\n)*/.exec(text.slice(end, before))?.[0].length ?? 0;
  if (end >= before) return [{ span: { start, end: before }, newText: `${first}${eol}` }, behind];
  return [
    { span: { start, end }, newText: '' },
    { span: { start: before, end: before }, newText: `${first}${eol}` },
    behind,
  ];
}

function workdirOf(node: Instruction): string | undefined {
  const workdir = node.stage?.instructions.findLast(
    (other) => other.keyword === 'WORKDIR' && other.span.start < node.span.start,
  );
  return workdir && node.expand(workdir.args[0]?.text ?? '')?.replace(/\/$/, '');
}

function shortText(dockerfile: DockerfileModel, install: DependencyInstall): string {
  const text = dockerfile.text.slice(install.command.span.start, install.command.span.end).replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
