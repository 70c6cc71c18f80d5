import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-system-workdir',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DS-0030', 'DS030', 'AVD-DS-0030'],
    fixable: 'manual',
    messages: {
      system: '`{path}` is a system directory',
      own: 'Use a directory of the application, such as `/app`',
    },
    advice: { system: 'own' },
    docs: {
      description: 'Do not work in system directories',
      rationale:
        'Files that are copied or written to `/proc`, `/sys`, `/dev`, `/etc` or `/bin` mix with system files, hide them, or are missing when the container runs. CVE-2024-21626 used `WORKDIR /proc/self/fd/…` to escape from the container.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nWORKDIR /etc\n', 'FROM debian:12\nWORKDIR /proc/self/fd/7\n'],
      good: ['FROM debian:12\nWORKDIR /srv\n', 'FROM debian:12\nWORKDIR /etc/app\n'],
      references: ['https://nvd.nist.gov/vuln/detail/CVE-2024-21626'],
    },
  },
  visits: { keywords: ['WORKDIR'] },
  create: ({ report }) => ({
    instruction(node) {
      const [word] = node.args;
      const path = word && node.expand(word.text);
      if (!word || path === undefined) return;
      const isSystem =
        /^\/(?:proc|sys|dev)(?:\/|$)|^\/(?:bin|boot|etc|lib|lib64|sbin|usr\/bin|usr\/sbin|usr\/lib)\/?$/.test(path);
      if (isSystem) report(word.span, 'system', { data: { path } });
    },
  }),
});
