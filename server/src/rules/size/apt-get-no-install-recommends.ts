import { isBundle, usedRecommendations } from '../../app/recommendedUse';
import { packageCommand } from '../../commands/packageCommand';
import { gapBetween } from '../../dockerfile/edits/gapBetween';
import { addsToFinalImage } from '../../dockerfile/finalStages';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import type { Word } from '../../text/word';

const TOOLS = ['apt-get', 'apt', 'aptitude'];
const SWITCHED_OFF = /APT::Install-Recommends"?(?:\s*=\s*|\s+)"?(?:false|0|no)/gi;

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
    unsafeIn: 'recommended',
    messages: {
      missing: '`{tool} install` without --no-install-recommends',
      add: 'Add --no-install-recommends',
      addNamed: 'Add --no-install-recommends, and name the packages in use: {packages}',
    },
    docs: {
      description: 'Install only required packages, not recommended ones',
      rationale:
        'By default, apt also installs recommended packages: documentation tools, fonts and companion programs. In an image they are mostly unused, and each of them needs security updates.',
      fixSafety: {
        unsafe: 'a program may need recommended packages that no step is seen to use.',
        notes:
          'Recommended packages that a later step or the program does use are added to the list, such as `make` and `gcc` for `cmake`, or `ca-certificates` for `curl`.',
      },
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n'],
      good: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n',
        'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y curl\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
    },
  },
  visits: { tools: ['apt-get', 'apt', 'aptitude'] },
  create: (context) => {
    const { dockerfile, report } = context;
    const settings = once(() => [...dockerfile.text.matchAll(SWITCHED_OFF)].map(({ index }) => index));
    /** An option counts for its command, and for others whose options a variable holds; a setting, for all of them. */
    const isSwitchedOff = ({ span, words }: ShellCommand): boolean =>
      settings().some(
        (at) =>
          (span.start < at && at < span.end) ||
          words.some(({ isStatic }) => !isStatic) ||
          !/(?:-o|--option)[\s="']{0,3}$/.test(dockerfile.text.slice(Math.max(0, at - 12), at)),
      );
    return {
      command(command, on) {
        // hadolint only checks apt-get.
        if (context.settings.dialect === 'hadolint' && command.name === 'apt') return;
        const install = packageCommand(command, TOOLS, on);
        if (install?.subcommand?.value !== 'install') return;
        if (install.has('--no-install-recommends', '--without-recommends', '-R') || isSwitchedOff(command)) return;
        if (
          install.has('--install-recommends', '--install-suggests', '--download-only', '-d', '--fix-broken', '-f') ||
          !(context.settings.dialect === 'hadolint' || addsToFinalImage(dockerfile, on))
        )
          return;
        if (install.operands.length === 0) return;
        const at = install.subcommand.span;
        const last = install.operands.at(-1);
        const data = { tool: install.tool };
        // The useful part of such a package is installed as a recommendation.
        if (!last || install.operands.some(({ value }) => isBundle(value))) return report(at, 'missing', { data });
        const used = usedRecommendations(context, on, command);
        const option = { span: { start: at.end, end: at.end }, newText: ' --no-install-recommends' };
        report(at, 'missing', {
          data,
          fix: {
            title: used.length === 0 ? 'add' : 'addNamed',
            data: { packages: used.join(', ') },
            safety: 'unsafe',
            edits: used.length === 0 ? [option] : [option, addedNames(dockerfile.text, install.operands, used)],
          },
        });
      },
    };
  },
});

/** Adds names after the last package, in the same layout: one package per line, or in columns. */
function addedNames(text: string, operands: readonly Word[], names: readonly string[]): TextEdit {
  const [beforeLast, lastWord] = operands.slice(-2);
  const last = (lastWord ?? beforeLast)?.span ?? { start: 0, end: 0 };
  const before = beforeLast && lastWord ? gapBetween(text, beforeLast, lastWord) : '';
  const isList = before.includes('\n');
  const indent = isList ? before.slice(before.lastIndexOf('\n') + 1) : '';
  const lineEnd = isList ? (/^([ \t]{2,})([\\`]\r?\n)/.exec(text.slice(last.end)) ?? undefined) : undefined;
  if (!lineEnd) {
    const separator = isList ? before : ' ';
    return { span: { start: last.end, end: last.end }, newText: names.map((name) => separator + name).join('') };
  }
  const [whole, blanks = '', continuation = ''] = lineEnd;
  const width = last.end - last.start + blanks.length;
  const lines = names.map((name) => `${indent}${name}${' '.repeat(Math.max(1, width - name.length))}${continuation}`);
  const at = last.end + whole.length;
  return { span: { start: at, end: at }, newText: lines.join('') };
}

/** Computes a value on first use. */
function once<T>(work: () => T): () => T {
  let result: { value: T } | undefined;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
}
