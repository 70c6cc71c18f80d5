import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'prefer-add-for-archive',
    group: 'maintainability',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DL3010', 'DF067'],
    messages: {
      archive: '`{file}` is copied, then unpacked: ADD does both without keeping the archive',
    },
    docs: {
      description: 'Unpack local archives with ADD',
      rationale:
        'COPY followed by `tar -x` keeps the archive in a layer in addition to its contents. ADD unpacks a local archive while copying it. Off by default, because COPY --from or a bind mount is often the better choice.',
      bad: ['FROM debian:12\nCOPY app.tar.gz /opt/\nRUN tar -xf /opt/app.tar.gz\n'],
      good: ['FROM debian:12\nADD app.tar.gz /opt/\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  visits: { keywords: ['COPY'] },
  create: ({ report }) => ({
    instruction(node) {
      const target = node.args.at(-1)?.value.replace(/["']/g, '');
      if (node.keyword !== 'COPY' || target === undefined || node.flags.some(({ name }) => name === 'from')) return;
      for (const { value, span } of node.args.slice(0, -1)) {
        if (!ARCHIVE.test(value)) continue;
        const names = [nameOf(value), ...(ARCHIVE.test(target) ? [nameOf(target)] : [])];
        const isUnpacked = (node.stage?.instructions ?? []).some(
          (run) =>
            run.keyword === 'RUN' &&
            run.span.start > node.span.start &&
            (run.script?.commands ?? []).some((command) => unpacks(command, names)),
        );
        if (isUnpacked) report(span, 'archive', { data: { file: nameOf(value) } });
      }
    },
  }),
});

/** Archive formats that ADD unpacks. */
const ARCHIVE = /\.(?:tar(?:\.(?:gz|bz2|xz|Z|lz|lzma|zst))?|tgz|tbz2?|txz|tlz|tpz|gz|bz2|xz|Z|lz|lzma)$/;

function nameOf(path: string): string {
  return path.replace(/["']/g, '').split(/[/\\]/).at(-1) ?? '';
}

function unpacks({ name, words }: ShellCommand, names: readonly string[]): boolean {
  const values = words.slice(1).map(({ value }) => value);
  const isUnpacking =
    name === 'tar'
      ? values.some((value) => /^-{0,2}[a-wyzA-Z]*x[a-zA-Z]*$|^--(?:extract|get)$/.test(value))
      : /^(?:unzip|gunzip|bunzip2|unlzma|unxz|zgz|uncompress|zcat|gzcat)$/.test(name);
  return isUnpacking && values.some((value) => names.includes(nameOf(value)));
}
