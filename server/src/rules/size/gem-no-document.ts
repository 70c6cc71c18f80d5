import { lacksOption } from '../../app/oldTools';
import { packageCommand } from '../../commands/packageCommand';
import { addsToFinalImage } from '../../dockerfile/finalStages';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'gem-no-document',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['gemUpdateNoDocument'],
    fixable: 'safe',
    messages: {
      missing: '`gem {subcommand}` also installs documentation',
      add: 'Add --no-document',
    },
    docs: {
      description: 'Install gems without documentation',
      rationale:
        'By default, gem builds and installs the documentation of every gem. Nobody reads it in an image, and it costs time and space. The official Ruby images already turn it off.',
      fixSafety: { safe: 'the same gems are installed, without their documentation.' },
      bad: ['FROM debian:12\nRUN gem install rake:13.2.1\n'],
      good: [
        'FROM debian:12\nRUN gem install --no-document rake:13.2.1\n',
        'FROM ruby:3.3\nRUN gem install rake:13.2.1\n',
      ],
      references: ['https://guides.rubygems.org/command-reference/#gem-install'],
    },
  },
  visits: { tools: ['gem'] },
  create: ({ dockerfile, report }) => {
    const isConfigured = dockerfile.text.includes('gemrc');
    return {
      command(command, on) {
        const call = packageCommand(command, ['gem'], on);
        const subcommand = call?.subcommand;
        if (!subcommand || !/^(?:i|install|update)$/.test(subcommand.value)) return;
        if (call.has('--no-document', '-N', '--document', '--no-rdoc', '--no-ri', '--no-doc', '--rdoc', '--ri')) return;
        if (isConfigured || !on.stage || isOfficialRuby(on.stage) || !addsToFinalImage(dockerfile, on)) return;
        if (lacksOption('gem', command, on)) return;
        const at = subcommand.span.end;
        report(subcommand.span, 'missing', {
          data: { subcommand: subcommand.value },
          fix: { title: 'add', safety: 'safe', edits: [{ span: { start: at, end: at }, newText: ' --no-document' }] },
        });
      },
    };
  },
});

/** The official images set `--no-document` in their gemrc. */
function isOfficialRuby({ base }: Stage): boolean {
  if (base.kind === 'stage') return isOfficialRuby(base.stage);
  return base.kind === 'unresolved' || (base.kind === 'image' && /(?:^|\/)j?ruby$/.test(base.image.repository));
}
