import rule from '../../../server/src/rules/security/no-root-with-volume';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nUSER b\nVOLUME /c\n',
    'FROM postgres:16\nVOLUME /c\n',
    'FROM a\nVOLUME /c\n',
    'FROM debian:12\nVOLUME /c\nENTRYPOINT ["gosu", "b"]\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12 AS x\nVOLUME ["/c"]\nFROM alpine:3.20\nUSER 0\nVOLUME ["/d", "/e"]\n',
      findings: [{ messageId: 'volume', at: 'VOLUME ["/d", "/e"]' }],
      onbuild: false,
    },

    { code: 'FROM debian:12\nVOLUME /c\n', findings: [{ messageId: 'volume', at: 'VOLUME /c' }], onbuild: false },
  ],
});
