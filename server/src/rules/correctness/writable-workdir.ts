import { workdirAt } from '../../app/copiedFiles';
import { baseFacts, effectiveUser } from '../../app/effectiveUser';
import { packageCommand } from '../../commands/packageCommand';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'writable-workdir',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      denied: '`{command}` writes to `{path}` as `{user}`, but the directory belongs to root',
      below: 'Write `WORKDIR {path}` below `USER {user}`, or change its owner as root',
    },
    docs: {
      description: 'Give a directory to the user that installs into it',
      rationale:
        'WORKDIR creates a directory for the user that is set at that line. Above USER, it belongs to root, and `npm ci` below USER stops with `EACCES: permission denied`. COPY --chown changes the files, not the directory.',
      fixSafety: { manual: 'another step may need the directory to belong to root.' },
      bad: ['FROM node:22\nWORKDIR /app\nUSER node\nCOPY package*.json ./\nRUN npm ci\n'],
      good: ['FROM node:22\nUSER node\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#workdir'],
    },
  },
  create: ({ knowledge, report }) => ({
    stage(stage) {
      // Any of these may change the owner, the mode or the directory.
      const isPlain = stage.instructions.every(
        ({ bodyText, flags, keyword }) =>
          keyword !== 'RUN' ||
          !(/\bch(?:own|mod|grp)\b|\binstall\s+-|\bsudo\b|\bsu\b/.test(bodyText) || flags.length > 0),
      );
      if (!isPlain || stage.base.kind !== 'image' || !baseFacts(stage, knowledge)) return;
      for (const run of stage.instructions) {
        const path = rootOwned(stage, run, knowledge);
        const user = path === undefined ? undefined : effectiveUser(stage, knowledge, run).name;
        const command = user === undefined ? undefined : run.script?.commands.find(writesHere);
        if (path === undefined || user === undefined || !command) continue;
        const data = { command: calledAs(command), path, user };
        report(command.span, 'denied', { data, fix: { title: 'below', data, safety: 'manual' } });
        return;
      }
    },
  }),
});

/** The working directory of a RUN that is not run as root, if a WORKDIR has created it for root. */
function rootOwned(stage: Stage, run: Instruction, knowledge: KnowledgeBase): string | undefined {
  if (run.keyword !== 'RUN' || effectiveUser(stage, knowledge, run).isRoot !== false) return undefined;
  const path = workdirAt(run);
  const before = stage.instructions.filter(({ span }) => span.start < run.span.start);
  const workdir = before.find(
    (node) => node.keyword === 'WORKDIR' && (node.args[0]?.value ?? '').replace(/\/$/, '') === path,
  );
  // Directories that base images do not contain.
  if (!workdir || !/^\/(?:app|code|src|workspace|project|usr\/src\/app|(?:opt|srv)\/[\w-]+)$/.test(path))
    return undefined;
  if (effectiveUser(stage, knowledge, workdir).isRoot !== true) return undefined;
  const isMadeElsewhere = before.some(
    ({ keyword, bodyText, span }) =>
      (keyword === 'RUN' && (bodyText.includes(path) || /\bcd\b/.test(bodyText))) ||
      (/^(?:COPY|ADD)$/.test(keyword) && span.start < workdir.span.start),
  );
  return isMadeElsewhere || run.script?.commands.some(({ name }) => name === 'cd') ? undefined : path;
}

/** Installs that create `node_modules`, and `touch a`, `mkdir b`. */
function writesHere(command: ShellCommand): boolean {
  if (command.isConditional) return false;
  if (command.name === 'touch' || command.name === 'mkdir')
    return command.words.slice(1).some(({ value, isStatic }) => isStatic && /^[\w.]+$/.test(value));
  const call = packageCommand(command, ['npm', 'yarn', 'pnpm']);
  if (!call || call.has('-g', '--global', '--prefix', '-C', '--dir', '--cwd')) return false;
  const name = call.subcommand?.value;
  return name === undefined ? call.tool === 'yarn' : /^(?:install|i|ci|add)$/.test(name);
}

function calledAs({ words }: ShellCommand): string {
  return words
    .slice(0, 2)
    .map(({ text }) => text)
    .join(' ');
}
