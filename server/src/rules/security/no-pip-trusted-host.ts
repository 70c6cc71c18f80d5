import { removeWord } from '../../dockerfile/edits/removeWord';
import { certificateRule } from '../shared/certificates';

export default certificateRule({
  id: 'no-pip-trusted-host',
  aliases: ['CKV2_DOCKER_4', 'CKV2_DOCKER_16'],
  messages: { off: '`{name}` lets pip install from a host without verifying its identity', remove: 'Remove it' },
  variables: { names: ['PIP_TRUSTED_HOST'], value: /\S/ },
  tools: ['pip'],
  commands: ({ words }, _, dockerfile) =>
    words.flatMap(({ value, span }, index) => {
      // `pip config set global.trusted-host example.com`
      if (/^\w+\.trusted-host$/.test(value) && words[index - 1]?.value === 'set')
        return [{ name: value, span, removal: undefined }];
      if (!/^--trusted-host(?:=|$)/.test(value)) return [];
      const { end } = (value === '--trusted-host' ? words[index + 1]?.span : undefined) ?? span;
      return [{ name: '--trusted-host', span, removal: removeWord(dockerfile, { start: span.start, end }) }];
    }),
  docs: {
    description: 'Let pip verify the certificates of its hosts',
    rationale:
      'For a trusted host, pip accepts any certificate and plain HTTP, so anyone on the network path can substitute packages. Packages run code during installation.',
    bad: [
      'FROM python:3.12-slim\nRUN pip install --trusted-host pypi.org flask==3.0.3\n',
      'FROM python:3.12-slim\nENV PIP_TRUSTED_HOST=pypi.org\n',
    ],
    good: ['FROM python:3.12-slim\nRUN pip install flask==3.0.3\n'],
    references: ['https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host'],
  },
});
