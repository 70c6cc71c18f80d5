import rule from '../../../server/src/rules/maintainability/no-apt-upgrade';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN apt-get install b\n',
    'FROM a\nRUN apt-get upgrade b\n',
    'FROM a\nRUN echo apt-get upgrade\n',
    'FROM a\nCMD apt-get upgrade\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN apt-get -y upgrade && b\n', findings: [{ messageId: 'upgrade', at: 'upgrade' }] },
    { code: 'FROM a\nRUN x && apt-get upgrade\n', findings: [{ messageId: 'upgrade', at: 'upgrade' }] },
  ],
});
