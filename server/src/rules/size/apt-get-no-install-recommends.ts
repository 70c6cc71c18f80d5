import { packageCommand } from '../../commands/packageCommand';
import { defineRule } from '../../engine/rule';
import { isInFinalImage } from '../shared/finalStages';

const TOOLS = ['apt-get', 'apt', 'aptitude'];
/** An option or a configuration file that says so, anywhere in the file. */
const SWITCHED_OFF = /APT::Install-Recommends"?(?:\s*=\s*|\s+)"?(?:false|0|no)/i;

export default defineRule({
  meta: {
    id: 'apt-get-no-install-recommends',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: [
      'DL3015',
      'DS-0029',
      'DS029',
      'AVD-DS-0029',
      'DF016',
      'kics:apt_get_not_avoiding_additional_packages',
      'semgrep:missing-no-install-recommends',
    ],
    fixable: 'unsafe',
    messages: {
      missing: '`{tool} install` without --no-install-recommends',
      add: 'Add --no-install-recommends',
    },
    docs: {
      description: 'Install only what is needed, without recommended packages',
      rationale:
        'apt installs recommended packages too: documentation tools, fonts, other programs that go well with the one you asked for. In an image they are mostly dead weight, and every one has to be patched.',
      fixSafety:
        'Never applied without your choice: some programs need a recommended package, most often `ca-certificates` for https or `gnupg` for keys. Name those in the list then.',
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n'],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n',
        'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y curl\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { tools: ['apt-get', 'apt', 'aptitude'] },
  create: ({ dockerfile, report }) => {
    const isSwitchedOff = once(() => SWITCHED_OFF.test(dockerfile.text));
    return {
      command(command, on) {
        const install = packageCommand(command, TOOLS);
        if (install?.subcommand?.value !== 'install') return;
        if (install.has('--no-install-recommends', '--without-recommends', '-R') || isSwitchedOff()) return;
        if (
          install.has('--install-recommends', '--download-only', '-d', '--fix-broken', '-f') ||
          !isInFinalImage(dockerfile, on)
        )
          return;
        if (install.operands.length === 0) return;
        const at = install.subcommand.span;
        report(at, 'missing', {
          data: { tool: install.tool },
          fix: {
            title: 'add',
            safety: 'unsafe',
            edits: [{ span: { start: at.end, end: at.end }, newText: ' --no-install-recommends' }],
          },
        });
      },
    };
  },
});

/** Works a value out when it is first asked for. */
function once<T>(work: () => T): () => T {
  let result: { value: T } | undefined;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
}
