import { imageLacking } from '../../app/lackedProgram';
import { packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS } from '../../commands/systemPackages';
import { imageName } from '../../dockerfile/imageName';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ImageFacts, KnowledgeBase } from '../../knowledge/knowledgeBase';
import { commandLackingIn } from '../../knowledge/lackingCommands';
import type { ShellCommand } from '../../shell/script';
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
      install: 'Install `{command}` in a RUN above, or use an image that contains it',
      manager: 'Use `{manager}`, the package manager of this image',
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
      if (before.slice(0, -1).some(({ instructions }) => instructions.some((node) => mayBringCommands(node)))) return;
      /** What has been installed so far; undefined as long as nothing has. */
      let installed: readonly string[] | undefined;
      for (const node of stage.instructions) {
        const script = node.keyword === 'RUN' && !node.onbuild ? node.script : undefined;
        for (const command of script?.commands ?? []) {
          if (command.isConditional || command.isSubstitution) continue;
          const isLooking = command.wrappers.some(({ value }) => value === 'command');
          const [word] = command.words;
          const isLacking =
            !isLooking &&
            word?.isStatic &&
            commandLackingIn(word.value, image, facts) &&
            stillLacks(word.value, installed);
          if (isLacking) {
            report(word.span, 'lacking', {
              data: { command: command.name, image: imageName(image) },
              fix: SYSTEM_MANAGERS.includes(command.name)
                ? { title: 'manager', data: { manager: managerOf(facts) }, safety: 'manual' }
                : { title: 'install', safety: 'manual' },
            });
            return;
          }
          const names = namesInstalled(command);
          if (names === undefined && installed) return;
          if (names && names.length > 0) installed = [...(installed ?? []), ...names];
        }
        if (mayBringCommands(node, true)) return;
      }
    },
  }),
});

function managerOf({ distro }: ImageFacts): string {
  if (distro === 'alpine') return 'apk';
  // The small images of Red Hat's family have only microdnf.
  return distro === 'rhel' ? 'microdnf' : 'apt-get';
}

/** Commands that few packages bring: known to be missing after other installs too. */
const BROUGHT_BY: Readonly<Record<string, RegExp>> = {
  corepack: /corepack|nodejs|[$*]/,
  groupadd: /shadow|podman|buildah|docker|[$*]/,
  groupmod: /shadow|podman|buildah|docker|[$*]/,
  useradd: /shadow|podman|buildah|docker|[$*]/,
  usermod: /shadow|podman|buildah|docker|[$*]/,
  yarn: /yarn|corepack|[$*]/,
};

/** True where the packages bring no such command. */
function stillLacks(command: string, packages: readonly string[] | undefined): boolean {
  if (packages === undefined) return true;
  const pattern = Object.hasOwn(BROUGHT_BY, command) ? BROUGHT_BY[command] : undefined;
  return pattern !== undefined && !packages.some((name) => pattern.test(name));
}

/** What a command installs; undefined where it may bring anything. */
function namesInstalled(command: ShellCommand): readonly string[] | undefined {
  const tools = [...SYSTEM_MANAGERS, 'npm', 'pip', 'pip3'];
  const call = packageCommand(command, tools);
  if (!call) return HARMLESS.has(command.name) ? [] : undefined;
  return [call.tool, ...call.operands.map(({ text }) => text)];
}

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

/** True for packages, unless their names are known, downloads, and copies into directories on the PATH. */
function mayBringCommands(node: Instruction, areNamed = false): boolean {
  if (node.keyword === 'COPY' || node.keyword === 'ADD')
    return (
      node.flags.some(({ name }) => name === 'from') ||
      /^\/(?:$|usr|bin|sbin|opt|root)|\$/.test(node.args.at(-1)?.value ?? '/')
    );
  if (node.keyword === 'ENV') return node.pairs.some(({ name }) => name === 'PATH');
  return (
    node.keyword === 'RUN' &&
    (node.script === undefined ||
      node.script.commands.some((command) =>
        areNamed ? namesInstalled(command) === undefined : !HARMLESS.has(command.name),
      ) ||
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
