import { baseFacts } from '../../app/effectiveUser';
import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'configure-build',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['configureShouldUseBuildFlag'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      missing: '`configure` guesses the build machine',
      add: 'Add `--build` with the architecture from dpkg',
    },
    docs: {
      description: 'Pass the build machine to configure',
      rationale:
        'The scripts that guess the machine are as old as the source code they ship with and do not know new architectures. The same file then builds on one machine and fails on another.',
      fixSafety: { unsafe: '`dpkg-architecture` comes with dpkg-dev, which must be installed.' },
      bad: ['FROM debian:12\nRUN ./configure --prefix=/usr && make\n'],
      good: ['FROM debian:12\nRUN ./configure --build="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)" && make\n'],
      references: [
        'https://www.gnu.org/software/autoconf/manual/autoconf-2.71/html_node/Specifying-Target-Triplets.html',
      ],
    },
  },
  visits: { tools: ['configure'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const [name] = command.words;
      if (!name?.value.includes('/') || !on.stage) return;
      if (command.words.some(({ value }) => /^--?(?:build|host|target|help|version)\b/.test(value))) return;
      const distro = baseFacts(on.stage, knowledge)?.distro;
      const isDebian = distro === 'debian' || distro === 'ubuntu';
      report(name.span, 'missing', {
        fix: isDebian
          ? {
              title: 'add',
              safety: 'unsafe',
              edits: [addOption(name, '--build="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)"')],
            }
          : undefined,
      });
    },
  }),
});
