import rule from '../../../server/src/rules/maintainability/no-unreachable-stage';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const PASTED = '# Front end\nFROM a AS build\nRUN b\n\n# Back end\nFROM c\nRUN d\n';

testRule(rule, {
  valid: [
    'FROM a\n',
    'FROM a AS b\nFROM c\n',
    'FROM a\nFROM c\nCOPY --from=0 /d /d\n',
    { code: 'FROM a\nFROM b\n', settings: { targetStage: '0' } },
    // Nobody knows the files, or one of them builds it, or it is a stage that people build.
    PASTED,
    { code: PASTED, buildContext: buildContextOf({ 'compose.yaml': 'build:\n  target: build\n' }) },
    {
      code: PASTED,
      buildContext: buildContextOf({ '.github/workflows/a.yml': 'run: docker build --target=build .\n' }),
    },
    { code: 'FROM a AS dev\nRUN b\nFROM c\n', buildContext: buildContextOf({}) },
  ],
  invalid: [
    { code: 'FROM a\nRUN b\nFROM c\n', findings: [{ messageId: 'unnamed', at: 'FROM' }], output: 'FROM c\n' },
    {
      code: PASTED,
      buildContext: buildContextOf({ 'compose.yaml': 'build: .\n' }),
      findings: [{ messageId: 'unreachable', at: 'FROM' }],
      output: '# Back end\nFROM c\nRUN d\n',
    },
    {
      code: 'FROM a\nRUN b\nFROM c\nRUN d\nFROM e\nCOPY --from=0 /f /f\n',
      findings: [{ messageId: 'unnamed', at: ['FROM', 2] }],
      output: null,
    },
    {
      name: 'a forgotten COPY',
      code: 'FROM a AS build\nCOPY . .\nRUN make\nFROM c\nWORKDIR /app\nCMD ["/app/d"]\n',
      buildContext: buildContextOf({ Makefile: '' }),
      findings: [{ messageId: 'unreachable', at: 'FROM' }],
      output: null,
    },
    {
      name: 'numbers of stages that would change',
      code: 'FROM a\nRUN b\nFROM c\nRUN d\nFROM e\nCOPY --from=1 /f /f\n',
      findings: [{ messageId: 'unnamed', at: 'FROM' }],
      output: null,
    },
  ],
});
