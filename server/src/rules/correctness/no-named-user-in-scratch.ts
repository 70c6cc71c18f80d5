import { isFromScratch, lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-named-user-in-scratch',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:named-identity-in-passwdless-stage'],
    fixable: 'unsafe',
    messages: {
      unknown: 'No file in this image defines `{user}`: the container does not start',
      numeric: 'Use a number',
    },
    docs: {
      description: 'Use a numeric USER in an image without /etc/passwd',
      rationale: 'User names are looked up in `/etc/passwd` of the image. An image FROM scratch has no such file.',
      fixSafety: {
        unsafe:
          'files that the program writes must belong to this number, which is the ID of `nonroot` in distroless images.',
      },
      bad: ['FROM scratch\nCOPY app /app\nUSER app\n'],
      good: [
        'FROM scratch\nCOPY app /app\nUSER 65532\n',
        'FROM scratch\nCOPY passwd /etc/passwd\nCOPY app /app\nUSER app\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#user'],
    },
  },
  visits: { keywords: ['USER'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      const [word] = node.args;
      const [user = ''] = word?.value.split(':') ?? [];
      if (!word || !node.stage || user === '' || user === 'root' || /^\d+$|\$/.test(user) || !isFromScratch(node.stage))
        return;
      // A root file system, an archive or /etc/passwd itself may have been copied in.
      const stages = lineage(node.stage);
      const mayHavePasswd = stages.some(({ instructions }) =>
        instructions.some(
          ({ keyword, args }) =>
            keyword === 'ADD' ||
            keyword === 'RUN' ||
            (keyword === 'COPY' && /^\/(?:etc\/?)?$|^\.\/?$/.test(args.at(-1)?.value ?? '')),
        ),
      );
      if (mayHavePasswd || text.includes('passwd')) return;
      report(word.span, 'unknown', {
        data: { user },
        fix: { title: 'numeric', safety: 'unsafe', edits: [{ span: word.span, newText: '65532:65532' }] },
      });
    },
  }),
});
