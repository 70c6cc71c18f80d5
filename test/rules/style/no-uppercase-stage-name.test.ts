import rule from '../../../server/src/rules/style/no-uppercase-stage-name';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM a AS b\nFROM b\n', 'FROM A\n', 'FROM a AS b-1\nCOPY --from=B-1 /c /d\n'],
  invalid: [
    {
      code: 'FROM a AS B1\nFROM c AS d\n',
      findings: [{ messageId: 'upper', at: 'B1', data: { name: 'B1', wanted: 'b1' } }],
      output: 'FROM a AS b1\nFROM c AS d\n',
    },

    {
      code: 'FROM a AS Build\nFROM Build AS x\nCOPY --from=Build /c /d\nRUN --mount=type=bind,from=Build,target=/e f\nCOPY --from=BUILD /g /h\n',
      findings: [{ messageId: 'upper', at: 'Build', data: { name: 'Build', wanted: 'build' } }],
      output:
        'FROM a AS build\nFROM build AS x\nCOPY --from=build /c /d\nRUN --mount=type=bind,from=build,target=/e f\nCOPY --from=BUILD /g /h\n',
    },
  ],
});
