import rule from '../../../server/src/rules/correctness/writable-workdir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM node:22\nUSER node\nWORKDIR /app\nRUN npm ci\n',
    'FROM node:22\nWORKDIR /app\nRUN chown node /app\nUSER node\nRUN npm ci\n',
    'FROM node:22\nWORKDIR /app\nRUN npm ci\nUSER node\nRUN npm run build\n',
    'FROM node:22\nWORKDIR /home/node/app\nUSER node\nRUN npm ci\n',
    'FROM node:22\nWORKDIR /app\nUSER node\nRUN npm install -g a && cd /tmp && npm ci\n',
    { code: 'FROM a/b\nWORKDIR /app\nUSER node\nRUN npm ci\n', name: 'an unknown base image may contain it' },
    { code: 'FROM node:22\nCOPY --chown=node . /app\nWORKDIR /app\nUSER node\nRUN npm ci\n', name: 'made by COPY' },
  ],
  invalid: [
    {
      code: 'FROM node:22\nWORKDIR /app\nUSER node\nCOPY --chown=node . .\nRUN npm ci\n',
      findings: [{ messageId: 'denied', at: 'npm ci', data: { command: 'npm ci', path: '/app', user: 'node' } }],
    },
    {
      code: 'FROM debian:12\nWORKDIR /srv/a\nUSER 1000\nRUN touch b\n',
      findings: [{ messageId: 'denied', at: 'touch b', data: { command: 'touch b', path: '/srv/a', user: '1000' } }],
    },
  ],
});
