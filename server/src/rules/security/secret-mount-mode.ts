import { effectiveUser } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'secret-mount-mode',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['sonar:S6469'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      open: 'Mode {mode} lets every user in the step read the secret',
      close: 'Use mode 0400',
    },
    docs: {
      description: 'Let only root read a secret',
      rationale:
        'A secret is mounted with mode 0400. Other modes let every program in the step read it, whatever user it runs as.',
      fixSafety: {
        safe: 'a step that runs as root can read the secret anyway.',
        unsafe: 'a step that runs as another user may need the mode: give the mount a `uid` instead.',
      },
      bad: ['FROM debian:12\nRUN --mount=type=secret,id=key,mode=0444 cat /run/secrets/key\n'],
      good: ['FROM debian:12\nRUN --mount=type=secret,id=key cat /run/secrets/key\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#run---mounttypesecret'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile: { text }, knowledge, report }) => ({
    instruction(node) {
      for (const flag of node.flags) {
        const type = flag.options.get('type');
        const mode = flag.options.get('mode');
        if (
          flag.name !== 'mount' ||
          (type !== 'secret' && type !== 'ssh') ||
          mode === undefined ||
          !isOpen(node.expand(mode))
        )
          continue;
        const source = text.slice(flag.span.start, flag.span.end);
        const at = flag.span.start + source.lastIndexOf(`mode=${mode}`) + 'mode='.length;
        const span = { start: at, end: at + mode.length };
        const isRoot = node.stage !== undefined && effectiveUser(node.stage, knowledge, node).isRoot === true;
        report(span, 'open', {
          data: { mode },
          fix: { title: 'close', safety: isRoot ? 'safe' : 'unsafe', edits: [{ span, newText: '0400' }] },
        });
      }
    },
  }),
});

/** True if anyone other than the owner and the group has access; the mode is octal, as Docker reads it. */
function isOpen(mode = ''): boolean {
  return /^0?[0-7]{1,4}$/.test(mode) && Number.parseInt(mode, 8) % 8 > 0;
}
