import rule from '../../../server/src/rules/correctness/apt-get-yes';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    { code: 'FROM a\nRUN apt install b\n', name: 'as hadolint tells it', settings: { dialect: 'hadolint' } },

    'FROM a\nARG F="-y --no-install-recommends"\nRUN apt-get install $F b\n',
    'FROM a\nENV F=-y\nRUN apt-get ${F} install b\n',
    'FROM a\nRUN apt-get purge && apt-get remove\n',
    'FROM a\nRUN apt-get install -yq b\n',
    'FROM a\nRUN apt-get -y install b\n',
    'FROM a\nRUN apt-get install --assume-yes b\n',
    'FROM a\nRUN apt-get install -qq b\n',
    'FROM a\nRUN apt-get -q=2 install b\n',
    'FROM a\nRUN apt-get install -q -q b\n',
    'FROM a\nRUN yes | apt-get install b\n',
    'FROM a\nRUN apt-get update\n',
    'FROM a\nCMD apt-get install b\n',
    'FROM a\nRUN apt-get -o APT::Get::Assume-Yes=true install b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apt-get install --force-yes b\n',
      findings: [{ messageId: 'asks', at: 'install' }],
      output: 'FROM a\nRUN apt-get install -y --force-yes b\n',
    },
    {
      code: 'FROM a\nARG F=--quiet\nRUN apt-get install $F b\n',
      findings: [{ messageId: 'asks', at: 'install' }],
      output: 'FROM a\nARG F=--quiet\nRUN apt-get install -y $F b\n',
    },
    {
      code: 'FROM a\nRUN apt-get install b\n',
      findings: [{ messageId: 'asks', at: 'install' }],
      output: 'FROM a\nRUN apt-get install -y b\n',
    },
    {
      code: 'FROM a\nRUN apt-get update && \\\n  # why\n  DEBIAN_FRONTEND=noninteractive sudo apt-get -q install b \\\n  c\n',
      findings: [{ messageId: 'asks', at: 'install' }],
      output:
        'FROM a\nRUN apt-get update && \\\n  # why\n  DEBIAN_FRONTEND=noninteractive sudo apt-get -q install -y b \\\n  c\n',
      escape: false,
    },
    { code: 'FROM a\nRUN ["apt-get", "install", "b"]\n', findings: [{ messageId: 'asks', at: 'install' }] },
  ],
});
