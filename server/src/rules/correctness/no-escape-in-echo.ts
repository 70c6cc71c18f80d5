import { baseFacts } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-escape-in-echo',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: ['SC2028'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      literal: '`echo` writes `\\n` as two characters in {shell}: the file gets one line',
      expand: 'Add -e',
    },
    docs: {
      description: 'Let echo write the line breaks that its text asks for',
      rationale:
        'In dash, the `sh` of Debian and Ubuntu, `echo \'a\\nb\'` writes two lines. BusyBox and bash write `\\n` as it stands, so a script or configuration file that is written this way has a single line on Alpine, on Red Hat\'s family and after `SHELL ["/bin/bash", "-c"]`. A heredoc or `printf` means the same in every shell.',
      fixSafety: { unsafe: 'the text may mean the two characters.' },
      bad: [
        "FROM alpine:3.22\nRUN echo '#!/bin/sh\\nexec app' > /start.sh\n",
        'FROM debian:13\nSHELL ["/bin/bash", "-c"]\nRUN echo "a=1\\nb=2" >> /etc/app.conf\n',
      ],
      good: [
        "FROM alpine:3.22\nRUN printf '#!/bin/sh\\nexec app' > /start.sh\n",
        "FROM debian:13\nRUN echo '#!/bin/sh\\nexec app' > /start.sh\n",
      ],
      references: [
        'https://www.shellcheck.net/wiki/SC2028',
        'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/echo.html',
      ],
    },
  },
  visits: { tools: ['echo'] },
  create: ({ knowledge, report }) => ({
    command({ words, redirects }, on) {
      const [name, ...texts] = words;
      // Only what is written to a file: in a pipe, sed or printf may read the two characters.
      if (on.keyword !== 'RUN' || !name || !redirects.some(({ operator }) => /^>>?$/.test(operator))) return;
      const text = texts.find(({ value }) => /\\n/.test(value));
      if (!text || /^-[a-zA-Z]*e/.test(texts[0]?.value ?? '') || texts.some(({ value }) => value.includes('\\\\')))
        return;
      const distro = on.stage && baseFacts(on.stage, knowledge)?.distro;
      const isBusyBox = on.shell === 'sh' && (distro === 'alpine' || distro === 'busybox');
      if (!isBusyBox && on.shell !== 'bash' && !(on.shell === 'sh' && distro === 'rhel')) return;
      report(text.span, 'literal', {
        data: { shell: isBusyBox ? 'BusyBox' : 'bash' },
        fix: {
          title: 'expand',
          safety: 'unsafe',
          edits: [{ span: { start: name.span.end, end: name.span.end }, newText: ' -e' }],
        },
      });
    },
  }),
});
