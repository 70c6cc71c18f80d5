import { imageName } from '../../dockerfile/imageName';
import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { isReleaseBefore, isReleaseFrom } from '../../knowledge/releaseOrder';

export default defineRule({
  meta: {
    id: 'no-apt-key',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      gone: '`apt-key` does not exist in {image}',
      everywhere: '`apt-key` trusts the key for every repository',
      keyring: 'Save the key in /etc/apt/keyrings, and name it in the source with `signed-by=`',
    },
    docs: {
      description: 'Trust a signing key only for its repository',
      rationale:
        'A key added with `apt-key` can sign packages of every repository, also those of the distribution. apt-key is deprecated, and Debian 13 and Ubuntu 25.04 no longer contain it. Save the key to a file, and restrict it: `deb [signed-by=/etc/apt/keyrings/example.asc] https://…`.',
      fixSafety: { manual: 'the key and the line of the repository may stand in different steps or files.' },
      bad: ['FROM debian:12\nRUN curl -fsSL https://example.com/key.asc | apt-key add -\n'],
      good: [
        'FROM debian:12\nADD --chmod=644 https://example.com/key.asc /etc/apt/keyrings/example.asc\nRUN echo "deb [signed-by=/etc/apt/keyrings/example.asc] https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list\n',
      ],
      references: [
        'https://manpages.debian.org/bookworm/apt/apt-key.8.en.html',
        'https://wiki.debian.org/DebianRepository/UseThirdParty',
      ],
    },
  },
  visits: { tools: ['apt-key'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const [name, ...rest] = command.words;
      if (on.keyword !== 'RUN' || !name || !rest.some(({ value }) => ADDS.test(value))) return;
      const base = on.stage && lineage(on.stage)[0]?.base;
      const image = base?.kind === 'image' ? base.image : undefined;
      const facts = image && knowledge.image(image);
      if (facts && isReleaseBefore(SIGNED_BY, image, facts)) return;
      const gone = facts && !command.isConditional && isReleaseFrom(GONE, image, facts) ? image : undefined;
      // A separate keyring file, which a source can name.
      if (!gone && rest.some(({ value }) => value.startsWith('--keyring'))) return;
      report(name.span, gone ? 'gone' : 'everywhere', {
        ...(gone ? { severity: 'error' as const, data: { image: imageName(gone) } } : {}),
        fix: { title: 'keyring', safety: 'manual' },
      });
    },
  }),
});

const ADDS = /^(?:add|adv|(?:net-)?update)$/;
/** apt supports `signed-by` since 1.1. */
const SIGNED_BY = { debian: '9', ubuntu: '16.04' };
/** apt has dropped apt-key in 2.9.15. */
const GONE = { debian: '13', ubuntu: '25.04' };
