import { expect, test } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const RUBY =
  'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\nCMD ["bundle", "exec", "puma"]\n';
const NODE =
  'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nUSER node\nCMD ["node", "a.js"]\n';
const FILES = {
  Gemfile: "gem 'puma'\n",
  'Gemfile.lock': '',
  'a.js': '',
  'package.json': '{"devDependencies": {"nodemon": "3"}}',
  'package-lock.json': '{}',
};

test.each([RUBY, NODE])('an image that people develop in keeps its tools and packages', (text) => {
  expect(planFor(text, FILES).after).toMatch(/-slim/);
  const plan = planFor(text, FILES, { isForDevelopment: true });
  expect(plan.after).not.toMatch(/-slim|--omit=dev|--from=/);
  expect(guardOf(plan, 'multi-stage')).toBe(
    'the name of the file says that people develop in this image, so any tool and package may be needed',
  );
  expect(plan.skipped.map(({ id }) => id)).not.toContain('npm-omit-dev');
});
