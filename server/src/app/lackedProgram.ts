import { packageCommand } from '../commands/packageCommand';
import { packageName, SYSTEM_MANAGERS } from '../commands/systemPackages';
import { imageName } from '../dockerfile/imageName';
import { lineage } from '../dockerfile/lineage';
import type { Instruction, Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { commandLackingIn } from '../knowledge/lackingCommands';
import type { ShellCommand } from '../shell/script';
import { wordList } from '../text/wordList';
import { absolutePath, workdirAt } from './copiedFiles';

/**
 * The name of the base image, if neither this image nor a step of the stage up to an instruction may contain the
 * program.
 */
export function imageLacking(
  name: string,
  stage: Stage,
  knowledge: KnowledgeBase,
  before = Number.POSITIVE_INFINITY,
): string | undefined {
  const stages = lineage(stage);
  const base = stages[0]?.base;
  if (base?.kind !== 'image') return undefined;
  const facts = knowledge.image(base.image);
  if (!facts || !commandLackingIn(name, base.image, facts)) return undefined;
  const steps = stages.flatMap(({ instructions }) => instructions).filter(({ span }) => span.start < before);
  return steps.some((node) => mayBring(node, name)) ? undefined : imageName(base.image);
}

function mayBring(node: Instruction, name: string): boolean {
  if (node.keyword === 'ADD') return true;
  if (node.keyword === 'COPY') {
    // `COPY --from=build /out .` brings the program of the project, and no shell, unless the folder is the root.
    const target = absolutePath(node.args.at(-1)?.value ?? '/', workdirAt(node));
    return /^\/(?:\.?\/?$|usr|bin|sbin|opt)|\$/.test(target) && !areScripts(node);
  }
  if (node.keyword !== 'RUN') return false;
  const commands = node.script?.commands ?? [];
  return commands.length === 0 || node.bodyText.includes(name) || !commands.every(bringsNothing);
}

/** `COPY run.sh app.py /` */
function areScripts({ args }: Instruction): boolean {
  return args.slice(0, -1).every(({ value }) => /\.(?:sh|py|js|conf|ya?ml|json|txt)$/.test(value));
}

function bringsNothing(command: ShellCommand): boolean {
  const call = packageCommand(command, SYSTEM_MANAGERS);
  // Without a name it only sets variables.
  if (!call) return command.name === '' || HARMLESS.test(command.name);
  return call.operands.every(({ value }) => !/[$*]/.test(value) && WITHOUT_SHELLS.test(packageName(value)));
}

/** Commands that install nothing into the system. */
const HARMLESS = wordList`
  \[ addgroup adduser cat cd chmod chown cp echo export groupadd ln ls mkdir mv printf rm sed set test touch true useradd
  npm yarn pnpm pip3? python3? node go bundle gem
`;

/** Packages that depend on none of the shells (Alpine's package index, 2026-11). */
const WITHOUT_SHELLS = wordList`
  ca-certificates curl dumb-init git jq libpq make musl-dev openssl su-exec tini tzdata wget
`;
