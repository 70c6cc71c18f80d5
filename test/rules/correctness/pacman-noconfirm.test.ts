import rule from '../../../server/src/rules/correctness/pacman-noconfirm';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN pacman -Syu --noconfirm git\n',
    'FROM a\nRUN pacman --noconfirm -Syu\n',
    'FROM a\nRUN yes | pacman -Scc\n',
    'FROM a\nRUN pacman -Sy\n',
    'FROM a\nRUN pacman -Ss git\n',
    'FROM a\nRUN pacman -Syu $FLAGS git\n',
    'FROM a\nRUN pacman-key --init\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN pacman -Syu\n',
      findings: [{ messageId: 'asks', at: '-Syu', data: { operation: '-Syu' } }],
      output: 'FROM a\nRUN pacman -Syu --noconfirm\n',
    },
    {
      code: 'FROM a\nRUN b && sudo pacman -S --needed git\n',
      findings: [{ messageId: 'asks', at: '-S' }],
      output: 'FROM a\nRUN b && sudo pacman -S --noconfirm --needed git\n',
    },
    {
      code: 'FROM a\nRUN pacman -Rns git\n',
      findings: [{ messageId: 'asks', at: '-Rns' }],
      output: 'FROM a\nRUN pacman -Rns --noconfirm git\n',
    },
  ],
});
