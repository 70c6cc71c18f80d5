import { certificateRule } from '../shared/certificates';

export default certificateRule({
  id: 'no-python-https-verify-off',
  aliases: ['CKV2_DOCKER_5'],
  messages: { off: '`{name}` lets Python accept any certificate', remove: 'Remove it' },
  variables: { names: ['PYTHONHTTPSVERIFY'], value: /^0$/ },
  docs: {
    description: 'Let Python verify certificates',
    rationale:
      'With `PYTHONHTTPSVERIFY=0`, Python accepts any certificate, so anyone on the network path can substitute content.',
    bad: ['FROM debian:12\nENV PYTHONHTTPSVERIFY=0\n', 'FROM debian:12\nRUN PYTHONHTTPSVERIFY=0 make\n'],
    good: ['FROM debian:12\nENV PYTHONHTTPSVERIFY=1\n', 'FROM debian:12\nRUN make\n'],
    references: ['https://peps.python.org/pep-0493/'],
  },
});
