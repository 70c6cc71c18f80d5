import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-invalid-onbuild',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL3043', 'DF068', 'tally:invalid-onbuild-trigger'],
    fixable: 'manual',
    messages: {
      trigger: '`ONBUILD {keyword}` is not allowed',
      child: 'Write it into the Dockerfile that is built on this image',
    },
    advice: { trigger: 'child' },
    docs: {
      description: 'Do not use FROM, ONBUILD or MAINTAINER in ONBUILD',
      rationale: 'Docker rejects them as triggers: `docker build` stops at this line.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nONBUILD FROM alpine:3.20\n'],
      good: ['FROM debian:12\nONBUILD COPY . /srv\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#onbuild-limitations'],
    },
  },
  visits: { keywords: ['ONBUILD'] },
  create: ({ dockerfile: { text }, report }) => ({
    instruction(node) {
      const [trigger] = node.args;
      const span = node.trigger?.keywordSpan ?? trigger?.span;
      const keyword = span && text.slice(span.start, span.end).toUpperCase();
      if (span && keyword && /^(?:FROM|ONBUILD|MAINTAINER)$/.test(keyword))
        report(span, 'trigger', { data: { keyword } });
    },
  }),
});
