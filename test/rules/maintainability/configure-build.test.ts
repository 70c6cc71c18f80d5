import rule from '../../../server/src/rules/maintainability/configure-build';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM debian:12\nRUN ./configure --build=b\n', 'FROM a\nRUN configure\n', 'FROM a\nRUN ./configure --help\n'],
  invalid: [
    {
      code: 'FROM debian:12\nRUN cd b && ./configure --prefix=/c && make\n',
      findings: [{ messageId: 'missing', at: './configure' }],
      output:
        'FROM debian:12\nRUN cd b && ./configure --build="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)" --prefix=/c && make\n',
    },
    { code: 'FROM a\nRUN ../b/configure\n', findings: [{ messageId: 'missing', at: '../b/configure' }] },
  ],
});
