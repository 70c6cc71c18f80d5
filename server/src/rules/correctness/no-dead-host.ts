import { defineRule } from '../../engine/rule';
import { type Phrase, phrase } from '../../l10n/phrase';
import type { Word } from '../../text/word';
import { mayFail } from '../shared/expectedFailure';

export default defineRule({
  meta: {
    id: 'no-dead-host',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      dead: '{host} has been shut down since {date}',
      instead: 'Use {instead}',
    },
    docs: {
      description: 'Do not load anything from a host that has been shut down',
      rationale:
        'Some hosts that older Dockerfiles load keys, packages or archives from no longer exist. The build fails there, unless the layer is still in the cache.',
      fixSafety: { manual: 'what is loaded may have another path, or be signed with another key, on the new host.' },
      bad: [
        'FROM debian:12\nRUN gpg --batch --keyserver ha.pool.sks-keyservers.net --recv-keys 0123456789ABCDEF\n',
        'FROM node:22\nRUN npm config set registry https://registry.npm.taobao.org\n',
      ],
      good: ['FROM debian:12\nRUN gpg --batch --keyserver keyserver.ubuntu.com --recv-keys 0123456789ABCDEF\n'],
      references: [
        'https://blog.gradle.org/jcenter-shutdown',
        'https://kubernetes.io/blog/2023/08/31/legacy-package-repository-deprecation/',
      ],
    },
  },
  create: ({ report }) => {
    const check = (word: Word): void => {
      const found = DEAD_HOSTS.find(({ pattern }) => pattern.test(word.value));
      if (found === undefined) return;
      const { host, date, instead } = found;
      report(word.span, 'dead', {
        data: { host, date },
        fix: { title: 'instead', data: { instead }, safety: 'manual' },
      });
    };
    return {
      instruction({ keyword, args }) {
        if (/^(?:ADD|ARG|ENV)$/.test(keyword)) args.forEach(check);
      },
      command(command, on) {
        // The next server of `gpg --keyserver a … || gpg --keyserver b …` may answer; others replace such a host, or list servers.
        const hasAlternative = mayFail(command) || command.chain.operators[command.itemIndex - 1]?.text === '||';
        if (on.keyword === 'RUN' && !/^(?:sed|shuf)$/.test(command.name) && !hasAlternative)
          command.words.slice(1).forEach(check);
      },
    };
  },
});

interface DeadHost {
  readonly host: string;
  /** The host, alone or in a URL. */
  readonly pattern: RegExp;
  /** `YYYY-MM`: when it was shut down. */
  readonly date: string;
  readonly instead: string | Phrase;
}

/**
 * The notice on sks-keyservers.net of 2021-06-21; blog.gradle.org/jcenter-shutdown (JCenter can still be read);
 * kubernetes.io, legacy package repositories, of 2024-03-26; github.com/cnpm/cnpm/issues/438 (the certificate);
 * github.blog, improving Git protocol security, of 2021-09-01 (git: without encryption). Read 2026-11.
 */
const DEAD_HOSTS: readonly DeadHost[] = [
  {
    host: 'git://github.com',
    pattern: /(?:^|\+)git:\/\/github\.com\//,
    date: '2022-03',
    instead: 'https://github.com',
  },
  {
    host: 'sks-keyservers.net',
    pattern: /(?:^|[/.])sks-keyservers\.net(?:[/:]|$)/,
    date: '2021-06',
    instead: 'keyserver.ubuntu.com',
  },
  {
    host: 'bintray.com',
    pattern: /\/(?!jcenter\.)(?:[\w-]+\.)?bintray\.com\//,
    date: '2021-05',
    instead: phrase('the current download address of the project'),
  },
  {
    host: 'apt.kubernetes.io',
    pattern: /\/apt\.kubernetes\.io(?:[/ ]|$)|\/packages\.cloud\.google\.com\/apt\/? +kubernetes-/,
    date: '2024-03',
    instead: 'pkgs.k8s.io',
  },
  {
    host: 'npm.taobao.org',
    pattern: /https:\/\/(?:registry\.)?npm\.taobao\.org(?:\/|$)/,
    date: '2024-01',
    instead: 'registry.npmmirror.com',
  },
];
