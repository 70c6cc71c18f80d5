import rule from '../../../server/src/rules/maintainability/no-suppression';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\n# why hadolint ignore=DL3008 is not used\nRUN b\n',
    'FROM a\n# hadolint shell=powershell\nRUN b\n',
    '# check=skip=all\nFROM a\n',
    'FROM a\nRUN <<E\n# hadolint ignore=DL3008\nE\n',
  ],
  invalid: [
    {
      code: '# hadolint global ignore=DL3008\nFROM a\nRUN b \\\n  #hadolint ignore=DL3009\n  c\n',
      findings: [
        { messageId: 'suppression', at: '# hadolint global ignore=DL3008' },
        { messageId: 'suppression', at: '#hadolint ignore=DL3009' },
      ],
      escape: false,
    },
    {
      code: 'FROM a\n# dockerfile-optimizer-ignore pin-x: why\n# checkov:skip=CKV_DOCKER_2:why\n# trivy:ignore:DS-0002\nRUN b\n',
      findings: [
        { messageId: 'suppression', at: '# dockerfile-optimizer-ignore pin-x: why' },
        { messageId: 'suppression', at: '# checkov:skip=CKV_DOCKER_2:why' },
        { messageId: 'suppression', at: '# trivy:ignore:DS-0002' },
      ],
    },
  ],
});
