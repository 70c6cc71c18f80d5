import rule from '../../../server/src/rules/correctness/no-misspelled-arg';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'ARG NODE_VERSION=22\nFROM a\nARG NODE_VERSION\n',
    'ARG NODE_VERSION=22\nFROM a\nARG NODE_VERSOIN=23\n',
    'ARG NODE_VERSION=22\nFROM a\nARG NODE_VERSION\nARG NODE_VERSIONS\n',
    'ARG VERSION_1=22\nFROM a\nARG VERSION_2\n',
    'ARG APP=22\nFROM a\nARG AP\n',
    'FROM a\nARG NODE_VERSION\n',
  ],
  invalid: [
    {
      code: 'ARG NODE_VERSION=22\nFROM a\nARG NODE_VERSOIN\n',
      findings: [{ messageId: 'near', at: 'NODE_VERSOIN', data: { name: 'NODE_VERSOIN', meant: 'NODE_VERSION' } }],
    },
    {
      code: 'ARG REGISTRY\nFROM a AS b\nARG REGISTRY\nFROM b\nARG REGISRY\n',
      findings: [{ messageId: 'near', at: 'REGISRY' }],
    },
  ],
});
