import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'sort-packages',
    group: 'style',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['tally:sort-packages'],
    fixable: 'safe',
    formats: 'order-of-packages',
    messages: {
      unsorted: '`{name}` is out of order',
      sort: 'Sort the packages',
    },
    docs: {
      description: 'Sort the packages of an install',
      rationale:
        'In a sorted list, packages are easy to find, are not added twice, and two branches that each add one rarely conflict.',
      fixSafety: {
        safe: 'system package managers decide the installation order themselves.',
        notes: 'Lists with variables, files or comments are not changed.',
      },
      bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y \\\n    git \\\n    curl\n'],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y \\\n    curl \\\n    git\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
    },
  },
  visits: { tools: SYSTEM_MANAGERS },
  create: ({ dockerfile: { comments }, report }) => ({
    command(command) {
      const call = systemInstall(command);
      if (!call) return;
      const words = call.operands;
      // With a variable, a path, an option or a comment among them, the order may be intentional.
      if (!words.every(({ isStatic, value }) => isStatic && /^[a-z\d]/i.test(value) && !/[/*]/.test(value))) return;
      const [first] = words;
      const last = words.at(-1);
      if (!first || !last || comments.some(({ span }) => span.start > first.span.start && span.end < last.span.end))
        return;
      if (
        command.words.some(
          ({ value, span }) => value.startsWith('-') && span.start > first.span.start && span.end < last.span.end,
        )
      )
        return;
      const sorted = words.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
      const wrong = words.find((word, at) => word.value !== sorted[at]?.value);
      if (!wrong) return;
      report(wrong.span, 'unsorted', {
        data: { name: wrong.value },
        fix: {
          title: 'sort',
          safety: 'safe',
          edits: words.map(({ span }, at) => ({ span, newText: sorted[at]?.text ?? '' })),
        },
      });
    },
  }),
});
