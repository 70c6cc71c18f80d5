import rule from '../../../server/src/rules/correctness/no-missing-package';
import { testRule } from '../../helpers/ruleTester';

const install = (names: string) => `apt-get update && apt-get install -y ${names}`;

testRule(rule, {
  valid: [
    `FROM debian:bookworm\nRUN ${install('openjdk-17-jdk libgl1-mesa-glx a-package-of-nobody')}\n`,
    // unknown releases, and images with more package sources
    `FROM debian:sid\nRUN ${install('netcat')}\n`,
    `FROM python:3.9-slim\nRUN ${install('netcat')}\n`,
    `FROM postgres:17-bookworm\nRUN ${install('postgresql-16-cron netcat')}\n`,
    `FROM team/python:3.13-bookworm\nRUN ${install('netcat')}\n`,
    // added repositories
    `FROM debian:bookworm\nCOPY b.sources /etc/apt/sources.list.d/\nRUN ${install('netcat')}\n`,
    `FROM debian:bookworm\nRUN echo deb http://b c d > /etc/apt/sources.list.d/b.list && ${install('netcat')}\n`,
    `FROM debian:bookworm\nRUN curl -fsSL https://b/setup.sh | bash - && ${install('netcat')}\n`,
    `FROM debian:bookworm\nRUN ./setup.sh\nRUN ${install('netcat')}\n`,
    `FROM ubuntu:24.04\nRUN add-apt-repository -y ppa:b/c && ${install('netcat')}\n`,
    // what may fail, and what is no package of the release
    `FROM debian:bookworm\nRUN ${install('netcat')} || true\n`,
    'FROM debian:bookworm\nRUN apt-get install -y -t bookworm-backports netcat\n',
    'FROM debian:bookworm\nRUN apt-get remove -y netcat\n',
    'FROM debian:bookworm\nRUN apt-get install -y ./netcat.deb $NETCAT\n',
  ],
  invalid: [
    {
      code: `FROM debian:bookworm-slim\nRUN ${install('curl netcat=1.10')}\n`,
      findings: [{ messageId: 'missing', at: 'netcat=1.10' }],
    },
    {
      code: `FROM python:3.13-slim\nRUN ${install('libgl1-mesa-glx:amd64')}\n`,
      findings: [{ messageId: 'missing', at: 'libgl1-mesa-glx:amd64' }],
    },
    {
      code: `FROM node:22 AS a\nFROM a\nRUN apt install -y python\n`,
      findings: [{ messageId: 'missing', at: 'python' }],
    },
    {
      code: `FROM debian:12\nCOPY a /etc/b/\nRUN echo a > /b && ${install('openjdk-11-jre-headless')}\n`,
      findings: [
        {
          messageId: 'missing',
          at: 'openjdk-11-jre-headless',
          data: { distro: 'Debian', release: 'bookworm', name: 'openjdk-11-jre-headless' },
        },
      ],
    },
    {
      code: `FROM ubuntu:24.04\nRUN ${install('libasound2')}\n`,
      findings: [{ messageId: 'missing', at: 'libasound2' }],
    },
  ],
});
