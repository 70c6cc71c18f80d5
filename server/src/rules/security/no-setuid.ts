import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { madeBy } from '../../app/madeFolders';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'no-setuid',
    group: 'security',
    severity: 'info',
    recommended: false,
    since: '0.2.0',
    scope: 'stage',
    aliases: ['sonar:S2612'],
    messages: {
      setuid: 'Mode {mode} gives whoever runs the program the rights of its owner or group',
    },
    docs: {
      description: 'Set no set-user-ID or set-group-ID bits',
      rationale:
        'A program with such a bit runs with the rights of its owner or group, usually root, whoever starts it. A bug in it makes an attacker root in the container. Off by default, because a few programs need the bit, such as the sandbox of Chrome. A directory with the set-group-ID bit is not reported: it only hands on its group.',
      bad: ['FROM debian:12\nRUN chmod u+s /usr/bin/find\n'],
      good: ['FROM debian:12\nRUN chmod 755 /usr/bin/find\n'],
      references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
    },
  },
  visits: { tools: ['chmod'] },
  create: ({ report }) => ({
    command(command, on) {
      const options = readOptions(command);
      const [mode, ...paths] = options.operands;
      if (on.keyword !== 'RUN' || !mode?.isStatic) return;
      const { ofOwner, ofGroup } = bitsOf(mode.value);
      const made = ofGroup ? madeBy(on) : [];
      const areFolders =
        options.has('-R', '--recursive') ||
        paths.every(({ value }) => value.endsWith('/') || made.includes(absolutePath(value, workdirAt(on))));
      if (ofOwner || (ofGroup && !areFolders)) report(mode.span, 'setuid', { data: { mode: mode.value } });
    },
  }),
});

/** `4755`, `u+s`, `g=rxs`. */
function bitsOf(mode: string): { ofOwner: boolean; ofGroup: boolean } {
  if (/^[0-7]+$/.test(mode)) {
    const bits = Number(mode.at(-4) ?? 0);
    return { ofOwner: (bits & 4) > 0, ofGroup: (bits & 2) > 0 };
  }
  const whose = mode.split(',').flatMap((part) => /^([ugoa]*)[+=][rwxXt]*s/.exec(part)?.[1] ?? []);
  return {
    ofOwner: whose.some((who) => who === '' || /[ua]/.test(who)),
    ofGroup: whose.some((who) => who.includes('g')),
  };
}
