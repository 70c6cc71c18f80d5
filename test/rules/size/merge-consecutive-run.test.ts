import rule from '../../../server/src/rules/size/merge-consecutive-run';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    { code: 'FROM a\nRUN b && c\nRUN d\n', settings: { dialect: 'hadolint' } },

    'FROM a\nRUN one\nUSER app\nRUN two\n',
    'FROM a\nRUN one\nWORKDIR /x\nRUN two\n',
    'FROM a\nRUN one\nARG X\nRUN two\n',
    'FROM a\nRUN one\nENV X=1\nRUN two\n',
    'FROM a\nRUN one\nSHELL ["/bin/bash", "-c"]\nRUN two\n',
    'FROM a\nRUN one\nCOPY a b\nRUN two\n',
    'FROM a\nRUN one\n# why two\nRUN two\n',
    'FROM a\nRUN --mount=type=cache,target=/x one\nRUN two\n',
    'FROM a\nRUN --network=none one\nRUN two\n',
    'FROM a\nRUN <<EOF\none\nEOF\nRUN two\n',
    'FROM a\nRUN ["one"]\nRUN two\n',
    'FROM a\nRUN cd /x\nRUN two\n',
    'FROM a\nRUN export A=1\nRUN two\n',
    'FROM a\nRUN A=1\nRUN two\n',
    'FROM a\nRUN one; two\nRUN three\n',
    'FROM a\nRUN one || true\nRUN two\n',
    'FROM a\nRUN one &\nRUN two\n',
    'FROM a\nRUN one # comment\nRUN two\n',
    'FROM a AS b\nRUN one\nRUN two\nFROM c\nCOPY --from=b /x /x\n',
    'FROM a\nRUN one\nFROM a\nRUN two\n',
    '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN one\nRUN two\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b\n# c\nRUN d\n',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN one\nRUN two\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2], data: { count: 2 } }],
      output: 'FROM a\nRUN one \\\n    && two\n',
    },
    {
      code: 'FROM a\nRUN one\n\nRUN two\nRUN three && four\nCMD ["x"]\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2], data: { count: 3 } }],
      output: 'FROM a\nRUN one \\\n    && two \\\n    && three && four\nCMD ["x"]\n',
    },
    {
      // in the layout of the one that has one
      code: 'FROM a\nRUN one && \\\n  two\nRUN three\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN one && \\\n  two && \\\n  three\n',
    },
    {
      code: 'FROM a\nRUN --mount=type=cache,target=/x one\nRUN --mount=type=cache,target=/x two\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN --mount=type=cache,target=/x one \\\n    && two\n',
    },
    {
      // cd in a subshell stays there
      code: 'FROM a\nRUN (cd /x && make)\nRUN two\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN (cd /x && make) \\\n    && two\n',
    },
    {
      // the last one may change its shell
      code: 'FROM a\nRUN one\nRUN cd /x && make\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN one \\\n    && cd /x && make\n',
    },
  ],
});
