import { startWords } from '../../app/start/startWords';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

type MessageId = 'denied' | 'chmod' | 'flag';

export default defineRule<MessageId>({
  meta: {
    id: 'require-execute-bit',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      denied: '`{path}` is downloaded without the execute bit, and nothing sets it',
      chmod: 'Add `chmod +x {path}` at the end of this RUN',
      flag: 'Write `ADD --chmod=755`',
    },
    docs: {
      description: 'Make downloaded programs executable',
      rationale:
        'curl and wget create files with mode 644, and ADD creates downloaded files with mode 600. Without `chmod`, the shell answers `permission denied` when something calls the program.',
      fixSafety: { unsafe: 'a base image or a script that is not in the Dockerfile may rely on the mode.' },
      bad: [
        'FROM debian:12\nRUN curl -fsSL https://example.com/wait -o /usr/local/bin/wait\n',
        'FROM debian:12\nADD https://example.com/wait /usr/local/bin/wait\n',
      ],
      good: [
        'FROM debian:12\nRUN curl -fsSL https://example.com/wait -o /usr/local/bin/wait && chmod +x /usr/local/bin/wait\n',
        'FROM debian:12\nADD --chmod=755 https://example.com/wait /usr/local/bin/wait\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#add---chown---chmod'],
    },
  },
  create: ({ dockerfile, report }) => ({
    file() {
      for (const node of dockerfile.instructions)
        for (const word of downloaded(node)) {
          const path = pathIn(word, node.stage);
          if (path === undefined || isSetElsewhere(dockerfile, path)) continue;
          report(word.span, 'denied', { data: { path }, fix: fixFor(dockerfile, node, path) });
        }
    },
  }),
});

function fixFor(dockerfile: DockerfileModel, node: Instruction, path: string): FixDraft<MessageId> {
  if (node.keyword === 'ADD') return { title: 'flag', safety: 'manual' };
  const edit = appendCommand(dockerfile, node, `chmod +x ${path}`);
  const data = { path };
  return edit ? { title: 'chmod', data, safety: 'unsafe', edits: [edit] } : { title: 'chmod', data, safety: 'manual' };
}

/** Where a download is written. */
function downloaded(node: Instruction): Word[] {
  if (node.keyword === 'ADD') {
    const [source, target, ...others] = node.args;
    const isPlain = others.length === 0 && node.flags.every(({ name }) => name !== 'chmod');
    return target && isPlain && /^https?:/.test(source?.value ?? '') ? [target] : [];
  }
  return node.keyword === 'RUN' ? (node.script?.commands ?? []).flatMap((command) => writtenBy(command) ?? []) : [];
}

function writtenBy(command: ShellCommand): Word | undefined {
  if (command.isConditional || command.pipeline.length > 1) return undefined;
  if (command.name !== 'curl' && command.name !== 'wget') return undefined;
  const { operands, option } = readOptions(command);
  // Also at the end of a cluster: `curl -fsSLo /usr/bin/a`.
  const output = option(...(command.name === 'curl' ? ['-o', '--output'] : ['-O', '--output-document']));
  if (output) return command.words.find(({ value }) => value === output.value);
  return operands.length > 0 ? command.redirects.find(({ operator }) => operator === '>')?.target : undefined;
}

/** A program in a directory of the PATH, not an archive or a library, or the one that the container starts. */
function pathIn({ value, isStatic }: Word, stage: Stage | undefined): string | undefined {
  const isProgram = /^\/(?:usr\/)?(?:local\/)?s?bin\/[\w-]+(?:\.(?:sh|py|pl))?$/.test(value);
  return isStatic && (isProgram || (stage && startWords(stage)?.[0] === value)) ? value : undefined;
}

/** True if another step changes modes there, moves the file, or calls its interpreter. */
function isSetElsewhere({ instructions }: DockerfileModel, path: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const name = path.slice(folder.length + 1);
  return instructions.some(({ script, bodyText, keyword, args }) => {
    if (keyword === 'COPY' && args.some(({ value }) => value.includes(name))) return true;
    if (new RegExp(`\\b(?:sh|bash|python3?|perl|source|\\.)["', ]{1,4}${escaped(path)}`).test(bodyText)) return true;
    return (script?.commands ?? []).some((command) => {
      if (!/^(?:chmod|install|setfacl|mv|cp|tar|unzip|gunzip|rm|)$/.test(command.name)) return false;
      return command.words.some(
        ({ value, isStatic }) =>
          (!isStatic && SETS_MODE.test(command.name)) || value.includes(name) || value.replace(/\/\*?$/, '') === folder,
      );
    });
  });
}

/** Commands that set a mode; with a variable, it may be that of the file. */
const SETS_MODE = /^(?:chmod|install|setfacl|)$/;

function escaped(path: string): string {
  return path.replace(/[.+]/g, '\\$&');
}
