import rule from '../../../server/src/rules/size/gem-no-document';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM ubuntu:14.04\nRUN apt-get install -y ruby ruby1.9.1-dev\nRUN gem install jekyll\n',
    'FROM debian:wheezy\nRUN apt-get install -y ruby && gem install jekyll\n',
    'FROM debian:12\nRUN gem install --no-document rake && gem install -N rake && gem update --no-document\n',
    'FROM debian:12\nRUN echo "gem: --no-document" > /etc/gemrc && gem install rake\n',
    'FROM ruby:3.3 AS base\nFROM base\nRUN gem install rake\n',
    'FROM debian:12\nRUN gem list\n',
    'FROM debian:12 AS b\nRUN gem install rake\nFROM debian:12\nCOPY --from=b /a /a\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nRUN gem update --system && \\\n  # server\n  gem install puma:6\n',
      findings: [
        { messageId: 'missing', at: 'update' },
        { messageId: 'missing', at: 'install' },
      ],
      output:
        'FROM debian:12\nRUN gem update --no-document --system && \\\n  # server\n  gem install --no-document puma:6\n',
    },
    {
      code: 'FROM debian:12\nRUN <<EOF\ngem install puma:6\nEOF\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN <<EOF\ngem install --no-document puma:6\nEOF\n',
    },
  ],
});
