import { imageLacking } from '../../app/lackedProgram';
import { SYSTEM_MANAGERS } from '../../commands/systemPackages';
import { imageName } from '../../dockerfile/imageName';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import { commandLackingIn } from '../../knowledge/lackingCommands';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'unknown-command-in-base',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      lacking: '`{command}` is not in {image}',
      install: 'Install it first, or use an image that contains it',
    },
    docs: {
      description: 'Call only commands that the base image contains',
      rationale:
        'A step that calls a missing command stops the build with `not found`: `apt-get` on Alpine, `curl` on a slim image. So does a SHELL, and a container whose ENTRYPOINT or CMD is a missing shell does not start. The rule checks only images with known contents, and only up to the first install or copy that might add the command.',
      fixSafety: { manual: 'you decide which package provides the command and whether it stays in the image.' },
      bad: ['FROM alpine:3.22\nRUN apt-get update\n', 'FROM python:3.13-slim\nRUN curl -fsSLO https://example.com/x\n'],
      good: [
        'FROM alpine:3.22\nRUN apk add --no-cache curl && curl -fsSLO https://example.com/x\n',
        'FROM debian:12\nCOPY curl /usr/local/bin/\nRUN curl -fsSLO https://example.com/x\n',
      ],
      references: ['https://hub.docker.com/_/buildpack-deps'],
    },
  },
  create: ({ report, knowledge }) => ({
    stage(stage) {
      const started = missingStart(stage, knowledge);
      if (started)
        report(started.word.span, 'lacking', {
          data: { command: started.name, image: started.image },
          fix: { title: 'install', safety: 'manual' },
        });
      const before = lineage(stage);
      const [first] = before;
      if (first?.base.kind !== 'image') return;
      const { image } = first.base;
      const facts = knowledge.image(image);
      if (!facts) return;
      // Commands that a parent stage adds are available as well.
      if (before.slice(0, -1).some(({ instructions }) => instructions.some(mayBringCommands))) return;
      for (const node of stage.instructions) {
        const script = node.keyword === 'RUN' && !node.onbuild ? node.script : undefined;
        for (const command of script?.commands ?? []) {
          if (command.isConditional || command.isSubstitution) continue;
          const isLooking = command.wrappers.some(({ value }) => value === 'command');
          if (!isLooking && command.words[0]?.isStatic && commandLackingIn(command.words[0].value, image, facts)) {
            report(command.words[0].span, 'lacking', {
              data: { command: command.name, image: imageName(image) },
              fix: { title: 'install', safety: 'manual' },
            });
            return;
          }
          // `npm install -g` adds commands as well.
          if (SYSTEM_MANAGERS.includes(command.name) || command.name === 'npm') return;
        }
        if (mayBringCommands(node)) return;
      }
    },
  }),
});

/**
 * The shell of SHELL, ENTRYPOINT or CMD that the image does not have. SHELL is read where it stands: a later RUN that
 * installs the shell needs it already.
 */
function missingStart(stage: Stage, knowledge: KnowledgeBase): { word: Word; name: string; image: string } | undefined {
  for (const node of stage.instructions) {
    const [word] = node.form === 'exec' && /^(?:SHELL|ENTRYPOINT|CMD)$/.test(node.keyword) ? node.args : [];
    const name = word?.value.replace(/^(?:\/usr)?\/bin\//, '') ?? '';
    if (!word?.isStatic || !/^(?:bash|zsh|fish|ksh|pwsh|powershell)$/.test(name)) continue;
    const next = stage.instructions.find(({ keyword, span }) => keyword === 'RUN' && span.start > node.span.start);
    const isUsedHere = node.keyword === 'SHELL' && next?.form === 'shell';
    const image = imageLacking(name, stage, knowledge, isUsedHere ? next?.span.start : undefined);
    if (image !== undefined) return { word, name, image };
  }
  return undefined;
}

/** True for packages, downloads, and copies into directories on the PATH. */
function mayBringCommands(node: Instruction): boolean {
  if (node.keyword === 'COPY' || node.keyword === 'ADD')
    return (
      node.flags.some(({ name }) => name === 'from') ||
      /^\/(?:$|usr|bin|sbin|opt|root)|\$/.test(node.args.at(-1)?.value ?? '/')
    );
  if (node.keyword === 'ENV') return node.pairs.some(({ name }) => name === 'PATH');
  return (
    node.keyword === 'RUN' &&
    (node.script === undefined ||
      node.script.commands.some(({ name }) => !HARMLESS.has(name)) ||
      node.flags.some(({ options }) => options.get('type') === 'bind'))
  );
}

const HARMLESS = new Set([
  'adduser',
  'addgroup',
  'chmod',
  'chown',
  'echo',
  'groupadd',
  'mkdir',
  'rm',
  'set',
  'true',
  'useradd',
]);
