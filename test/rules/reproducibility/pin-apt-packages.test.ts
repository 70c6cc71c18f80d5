import rule from '../../../server/src/rules/reproducibility/pin-apt-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    {
      code: 'FROM a\nRUN sudo apt-get install b\n',
      name: 'hadolint sees a call of sudo',
      settings: { dialect: 'hadolint' },
    },
    { code: 'FROM a\nRUN apt install -y b\n', name: 'as hadolint tells it', settings: { dialect: 'hadolint' } },

    'FROM a\nRUN apt-get install -y b=1 c/bookworm-backports\n',
    'FROM a\nRUN apt-get install ./b.deb /c/d.deb\n',
    'FROM a\nRUN apt-get install -t x b=1\n',
    'FROM a\nRUN apt-get install $PACKAGES\n',
    'FROM a\nRUN apt-get remove b\n',
    'FROM a\nRUN apt-get install "b=${V}"\n',
    'FROM a\nCMD apt-get install b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apt-get install $B\n',
      name: 'as hadolint reads it: variables',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'unpinned', at: '$B' }],
    },
    {
      code: 'FROM a\nRUN D="bb cc=1" && apt-get install -y $D\n',
      name: 'packages in a variable',
      findings: [{ messageId: 'unpinned', at: ['$D', 1], data: { name: 'bb' } }],
    },
    {
      code: 'FROM a\nRUN apt install bb:amd64 ./c.deb && apt-get -y install dd\n',
      findings: [
        { messageId: 'unpinned', at: 'bb:amd64' },
        { messageId: 'unpinned', at: 'dd' },
      ],
    },

    {
      code: 'FROM a\nRUN apt-get update && \\\n  apt-get install -y b c=1 \\\n  # why\n  d\n',
      findings: [
        { messageId: 'unpinned', at: ['b', 1] },
        { messageId: 'unpinned', at: ['d', 2] },
      ],
      escape: false,
    },
  ],
});
