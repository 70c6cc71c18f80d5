import rule from '../../../server/src/rules/size/apt-get-clean-same-layer';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n',
    'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
    'FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get clean && rm -r /var/lib/apt/lists/* /tmp/*\n',
    'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/{apt,dpkg,cache,log}/\n',
    'FROM debian:12\nRUN apt-get update && apt-get install -y curl && find /var/lib/apt/lists -type f -delete\n',
    'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\n',
    'FROM debian:12\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update && apt-get install -y curl\n',
    'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:12\nCOPY --from=build /a /a\n',
    'FROM debian:13\nRUN apt-get update; apt-get install -y curl; apt-get dist-clean\n',
    'FROM debian:12\nRUN apt-get install -y curl\n',
    'FROM debian:12\nRUN echo apt-get update\n',
    'FROM debian:12\nRUN rm -rf /var/lib/apt/lists/*\n',
  ],
  invalid: [
    {
      name: 'an update behind set',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y b\nRUN set -x && \\\n    apt-get install -y c\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN set -x && \\\n    apt-get update && \\\n    apt-get install -y c && \\\n    rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'a program that installs from the lists of another RUN',
      code: "FROM ros:humble\nRUN apt-get update && apt-get install -y git\nRUN bash -c '. /opt/setup.bash; rosdep install --from-paths src -y'\n",
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        "FROM ros:humble\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && bash -c '. /opt/setup.bash; rosdep install --from-paths src -y' && rm -rf /var/lib/apt/lists/*\n",
    },
    {
      name: 'such a program behind its own update',
      code: 'FROM ros:humble\nRUN apt-get update && rosdep install --from-paths src -y\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM ros:humble\nRUN apt-get update && rosdep install --from-paths src -y && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'a copied script that installs from the lists',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y git\nCOPY b.sh /b/b.sh\nRUN bash /b/b.sh\n',
      buildContext: buildContextOf({ 'b.sh': '#!/bin/sh\napt-get install -y c\napt-get update\n' }, true),
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: null,
      onbuild: false,
    },
    {
      name: 'lists in a mount, which later RUNs do not see',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y b\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y c\nRUN apt-get install -y d\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y c\nRUN apt-get update && apt-get install -y d && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'dpkg that only tells the architecture',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN curl -o /gosu https://a/$(dpkg --print-architecture)\nRUN apt-get install -y redis\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN curl -o /gosu https://a/$(dpkg --print-architecture)\nRUN apt-get update && apt-get install -y redis && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      code: 'FROM debian:12 AS b\nRUN apt-get update && apt-get install -y c\nFROM scratch\nCOPY --from=b / /\n',
      name: 'a stage that the final one copies whole',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      onbuild: false,
      output:
        'FROM debian:12 AS b\nRUN apt-get update && apt-get install -y c && rm -rf /var/lib/apt/lists/*\nFROM scratch\nCOPY --from=b / /\n',
    },
    {
      // The lists are in no mount.
      code: 'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y b\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'lists that the script of a repository fetches',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs\n',
      findings: [
        { messageId: 'listsLeft', at: 'apt-get update' },
        { messageId: 'setupLeft', at: 'bash -' },
      ],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      // the script alone: the next RUN installs from its lists
      code: 'FROM debian:12\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash -\nRUN apt-get install -y nodejs\n',
      findings: [{ messageId: 'setupLeft', at: 'bash -' }],
      output:
        'FROM debian:12\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y nodejs && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'a RUN that reads the lists of such a script',
      code: 'FROM debian:12\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs\nRUN apt-get install -y jq && rm -rf /var/lib/apt/lists/*\n',
      findings: [{ messageId: 'setupLeft', at: 'bash -' }],
      output:
        'FROM debian:12\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      // the later RUN would find nothing to remove
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN rm -r /var/lib/apt/lists/*\n',
      findings: [
        { messageId: 'listsLeft', at: 'apt-get update' },
        { messageId: 'laterLayer', at: 'rm -r /var/lib/apt/lists/*' },
      ],
      output: null,
    },
    {
      // lists are read once a RUN
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n# more\nRUN apt-get install -y jq && apt-get update && apt-get install -y git\n',
      findings: [
        { messageId: 'listsLeft', at: 'apt-get update' },
        { messageId: 'listsLeft', at: ['apt-get update', 2] },
      ],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n# more\nRUN apt-get update && apt-get install -y jq && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'a heredoc in the script that is never closed',
      code: 'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y git\ncat <<END\nb\nEOF\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      escape: false,
    },

    {
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      // an update of today's sources would bring other packages
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN echo deb > /etc/apt/sources.list.d/x.list\nRUN apt-get install -y git\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: null,
    },
    {
      // && at the end of the line, as the author writes it
      code: 'FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y \\\n      curl \\\n      git\nCMD ["a"]\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y \\\n      curl \\\n      git && \\\n    rm -rf /var/lib/apt/lists/*\nCMD ["a"]\n',
    },
    {
      // && at the head of the line
      code: 'FROM debian:12\nRUN apt-get update \\\n # tools\n && apt-get install -y curl\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN apt-get update \\\n # tools\n && apt-get install -y curl \\\n && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      code: 'FROM debian:12\nRUN set -e; apt-get update; apt-get install -y curl\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: 'FROM debian:12\nRUN set -e; apt-get update; apt-get install -y curl; rm -rf /var/lib/apt/lists/*\n',
    },
    {
      code: 'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: 'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\nEOF\n',
    },
    {
      code: 'FROM debian:12\nRUN sudo apt-get update && sudo apt-get install -y curl\n',
      findings: [{ messageId: 'listsLeft', at: 'sudo apt-get update' }],
      output:
        'FROM debian:12\nRUN sudo apt-get update && sudo apt-get install -y curl && sudo rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'an update below the install',
      code: 'FROM debian:12\nRUN apt-get install -y curl && apt-get update\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: 'FROM debian:12\nRUN apt-get install -y curl && apt-get update && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'an update below what removes the lists',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && apt-get update\n',
      findings: [{ messageId: 'listsLeft', at: ['apt-get update', 2] }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && apt-get update && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'an update alone, for hadolint',
      code: 'FROM debian:12\nRUN apt-get update\n',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'updateAlone', at: 'apt-get update' }],
    },
    {
      // a later install needs these lists: it fetches them itself
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nCOPY a /a\nRUN apt-get install -y git\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nCOPY a /a\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n',
    },
    // unless it cannot begin with that: another user, another shell, a command that may fail
    ...[
      'USER b\nRUN apt-get install -y git',
      'RUN apt-get install -y git; c',
      'RUN ["apt-get", "install", "-y", "git"]',
    ].map((later) => ({
      code: `FROM debian:12\nRUN apt-get update && apt-get install -y curl\n${later}\n`,
      findings: [{ messageId: 'listsLeft' as const, at: 'apt-get update' }],
      output: null,
    })),
    {
      // a shell comment would swallow what is added
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl # for health checks\n',
      findings: [{ messageId: 'listsLeft', at: 'apt-get update' }],
      output: null,
    },
    {
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*\n',
      findings: [
        { messageId: 'listsLeft', at: 'apt-get update' },
        { messageId: 'laterLayer', at: 'rm -rf /var/lib/apt/lists/*' },
      ],
      output: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      name: 'a RUN that only cleans, where every other one cleans up itself',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -r /var/lib/apt/lists/*\n\n# Clear cache\nRUN apt-get clean && rm -rf /var/lib/apt/lists/*\n\nRUN a\n',
      findings: [{ messageId: 'laterLayer', at: 'rm -rf /var/lib/apt/lists/*' }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -r /var/lib/apt/lists/*\n\n\nRUN a\n',
    },
  ],
});
