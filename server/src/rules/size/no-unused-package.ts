import { installsNothing } from '../../commands/packageLists';
import { packageName, SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';
import { wordList } from '../../text/wordList';

export default defineRule({
  meta: {
    id: 'no-unused-package',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      unused: '`{name}` is installed beside `{used}`, but no instruction calls it',
      remove: 'Remove `{name}`, unless the program itself calls it',
    },
    docs: {
      description: 'Install only the tools that the build calls',
      rationale:
        'Each tool adds its own libraries to the layer and its own vulnerabilities to the image. Lists of packages are often copied from another file, with `wget` beside the `curl` that is in use.\n\nReported for curl, wget, git, unzip and jq, where another of them is called, and no script or package manager may call this one.',
      fixSafety: { manual: 'the program may call it when it runs.' },
      bad: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl wget\nRUN curl -fsSLO https://example.com/app\nCMD ["./app"]\n',
      ],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSLO https://example.com/app\nCMD ["./app"]\n',
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl git\nCOPY setup.sh .\nRUN curl -fsSLO https://example.com/app && ./setup.sh\nCMD ["./app"]\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
    },
  },
  visits: { tools: SYSTEM_MANAGERS },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      const packages = systemInstall(command)?.operands ?? [];
      const names = packages.filter(({ value }) => Object.hasOwn(CALLERS, packageName(value)));
      if (on.keyword !== 'RUN' || !on.stage || names.length < 2) return;
      const commands = commandsOf(on.stage, 'RUN');
      const called = [...commands, ...commandsOf(on.stage, 'HEALTHCHECK')];
      const compiles = commands.some(({ name }) => COMPILES.test(name));
      if (packages.some((word) => isForWork(word) && !(compiles && COMPILERS.test(packageName(word.value))))) return;
      if (!startsProgram(dockerfile, on.stage) || !commands.every(isKnown)) return;
      const used = names.find(({ value }) => called.some(({ name }) => name === packageName(value)));
      if (!used) return;
      for (const word of names) {
        const name = packageName(word.value);
        const isCalled = commands.some((one) => one.name === name || CALLERS[name]?.test(one.name));
        if (isCalled || mentions(dockerfile.text, name) > 1) continue;
        const data = { name, used: packageName(used.value) };
        report(word.span, 'unused', { data, fix: { title: 'remove', data, safety: 'manual' } });
      }
    },
  }),
});

/** Tools, and the other programs that may call them. */
const CALLERS: Readonly<Record<string, RegExp>> = {
  curl: /^make$/,
  wget: /^make$/,
  git: /^(?:npm|npx|yarn|pnpm|pip[\d.]*|python[\d.]*|poetry|uv|go|cargo|bundle|gem|dotnet)$/,
  unzip: /^(?:composer|gradlew?|deno|bun)$/,
  jq: /^make$/,
};

/** An editor, or a compiler that no RUN calls: the container works with these tools itself. */
function isForWork({ value, isStatic }: Word): boolean {
  const name = packageName(value);
  return !isStatic || COMPILERS.test(name) || /^(?:clang|make|cmake|vim|nano|sudo)$/.test(name);
}

const COMPILERS = /^(?:gcc|g\+\+|build-base|build-essential)$/;
/** These compile packages with the compiler of the system. */
const COMPILES = /^(?:pip[\d.]*|python[\d.]*|uv|poetry|npm|yarn|pnpm|gem|bundle|cargo|go)$/;

function commandsOf(stage: Stage, of: 'RUN' | 'HEALTHCHECK'): ShellCommand[] {
  return inheritedInstructions(stage).flatMap(({ keyword, script }) =>
    keyword === of ? (script?.commands ?? []) : [],
  );
}

/** Any other program may call any tool, and a script certainly may. */
function isKnown(command: ShellCommand): boolean {
  const { name, words } = command;
  if ((words[0]?.value ?? '').includes('/')) return false;
  return installsNothing(command) || SYSTEM_MANAGERS.includes(name) || Object.hasOwn(CALLERS, name) || KNOWN.test(name);
}

const KNOWN = wordList`
  cd dpkg gpg gunzip gzip install md5sum sha\d+sum tar xz xargs npm npx yarn pnpm node pip[\d.]* python[\d.]*
  uv poetry bundle gem go cargo dotnet java
`;

/** False for images that people or CI work in, and where the container starts a script. */
function startsProgram({ stages }: DockerfileModel, stage: Stage): boolean {
  const final = stages.find(({ isFinal }) => isFinal) ?? stage;
  const starts = inheritedInstructions(final).filter(isStart);
  return starts.length > 0 && starts.every(({ bodyText }) => !/\.sh\b|entrypoint|bash|\bsh\b/.test(bodyText));
}

const isStart = ({ keyword }: Instruction): boolean => keyword === 'CMD' || keyword === 'ENTRYPOINT';

/** How often a file names the tool, in comments too. */
function mentions(text: string, name: string): number {
  return text.split(new RegExp(`\\b${name}\\b`)).length - 1;
}
