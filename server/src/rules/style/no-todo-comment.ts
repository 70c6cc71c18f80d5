import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-todo-comment',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: ['sonar:S1135'],
    messages: {
      todo: 'Unresolved comment: {text}',
    },
    docs: {
      description: 'Resolve TODO comments',
      rationale:
        'TODO and FIXME comments are notes to their author that others read as documentation. Off by default, because some teams collect them with other tools.',
      bad: ['FROM debian:12\n# TODO: pin the version\nRUN apt-get update\n'],
      good: ['FROM debian:12\n# The version does not matter here\nRUN apt-get update\n'],
      references: ['https://rules.sonarsource.com/docker/RSPEC-1135/'],
    },
  },
  create: ({ report }) => ({
    file({ comments }) {
      for (const { text, span } of comments)
        if (/(?:^|[^\w])(?:TODO|FIXME)(?:[^\w]|$)/i.test(text))
          report(span, 'todo', { data: { text: text.slice(0, 40) } });
    },
  }),
});
