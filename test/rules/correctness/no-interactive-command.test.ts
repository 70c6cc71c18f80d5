import rule from '../../../server/src/rules/correctness/no-interactive-command';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    { code: 'FROM a\nRUN reboot\n', name: 'as hadolint tells it', settings: { dialect: 'hadolint' } },
    'FROM a\nRUN apt-get install -y vim ssh\n',
    'FROM a\nRUN echo top\n',
    'FROM a\nCMD top\n',
    'FROM a\nRUN stop\n',
    'FROM a\nRUN systemctl enable b\n',
    'FROM a\nRUN systemctl --root=/c mask b.service\n',
  ],
  invalid: [
    { code: 'FROM a\nRUN systemctl restart b\n', findings: [{ messageId: 'found', at: 'systemctl' }] },
    { code: 'FROM a\nRUN systemctl enable --now b\n', findings: [{ messageId: 'found', at: 'systemctl' }] },
    { code: 'FROM a\nRUN nano b\n', findings: [{ messageId: 'found', at: 'nano' }] },
    { code: 'FROM a\nRUN a && top\n', findings: [{ messageId: 'found', at: 'top' }] },
    { code: 'FROM a\nRUN ["ps", "-d"]\n', findings: [{ messageId: 'found', at: 'ps' }] },
  ],
});
