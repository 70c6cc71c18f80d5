import rule from '../../../server/src/rules/reproducibility/no-dependency-update';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM composer:2\nRUN composer install\n',
    'FROM composer:2\nRUN composer update --lock\n',
    'FROM node:24\nRUN npm update -g npm\n',
    'FROM ruby:3.4\nRUN bundle update --bundler\n',
    'FROM ruby:3.4\nRUN gem update --system\n',
    'FROM debian:13\nRUN apt-get update\n',
    'FROM composer:2\nCMD composer update\n',
  ],
  invalid: [
    {
      code: 'FROM composer:2\nRUN composer install && composer update --no-dev\n',
      findings: [{ messageId: 'updates', at: 'composer update --no-dev', data: { command: 'composer update' } }],
    },
    {
      code: 'FROM ruby:3.4\nRUN bundle update jekyll && bundle install\n',
      findings: [{ messageId: 'updates', at: 'bundle update jekyll', data: { command: 'bundle update' } }],
    },
    {
      code: 'FROM node:24\nRUN yarn upgrade\n',
      findings: [{ messageId: 'updates', at: 'yarn upgrade' }],
    },
  ],
});
