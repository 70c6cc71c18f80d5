/**
 * Intended differences from other tools: `cases` are names of their cases, none where the difference was found in their
 * documentation. Included in docs/parity.md.
 */
const hadolint = [
  {
    rule: 'DL3002',
    cases: ['DL3002Spec:77 DL3002 - Last user should not be root. / warns on multiple stages'],
    why: 'the last user of a stage that only builds is not the user of the image',
  },
  {
    rule: 'DL3009',
    cases: [
      'DL3009Spec:132 DL3009 - Delete the apt lists (/var/lib/apt/lists) after installing something. / warn: BuildKit cache mount to apt lists directory only',
    ],
    why: 'a cache mount on `/var/lib/apt` keeps the lists out of the layer',
  },
  {
    rule: 'DL3010',
    cases: [
      'DL3010Spec:49 DL3010 - Use `ADD` for extracting archives into an image / catch: copy archive then extract windows paths 2',
    ],
    why: 'Docker takes `C:\\Program Files` in shell form for two words',
  },
  {
    rule: 'DL3048',
    cases: [
      'DL3048Spec:21 DL3048 - Invalid Label Key Rule / not ok with invalid character',
      'DL3048Spec:22 [onbuild] DL3048 - Invalid Label Key Rule / not ok with invalid character',
    ],
    why: 'Docker puts a variable in for `$character` before it reads the key',
  },
  {
    rule: 'DL4006',
    cases: ['RegressionSpec:26 Regression Tests / Comments with backslashes at the end are just comments'],
    why: 'the `sh` of Alpine is ash, which knows `-o pipefail`',
  },
];

const buildkit = [
  {
    rule: 'SecretsUsedInArgOrEnv',
    cases: ['testSecretsUsedInArgOrEnv:305'],
    why: 'an ENV with an empty value (`ENV git_key=`) holds no secret',
  },
  {
    rule: 'UndefinedVar',
    cases: [],
    why: 'told once for each variable of a stage, at its first use: one ARG mends all of them',
  },
];

const trivy = [
  {
    rule: 'DS-0001',
    cases: ['latest_tag/test_with_variables_denied'],
    why: 'an ARG inside a stage is not visible to FROM: `no-undefined-from-arg` tells it',
  },
  {
    rule: 'DS-0031',
    cases: ['leaked_secrets/test_deny_secret_in_set_command'],
    why: 'a RUN that reads GOOGLE_APPLICATION_CREDENTIALS, which nothing sets, copies no key',
  },
  {
    rule: 'DS-0002',
    cases: ['root_user/test_empty_user_denied'],
    why: '`USER` without a value is told by `parse-error`',
  },
  {
    rule: 'DS-0024',
    cases: ['run_apt_get_dist_upgrade/test_allowed'],
    why: 'one rule, off by default, tells `upgrade` and `dist-upgrade`',
  },
  {
    rule: 'DS-0004',
    cases: [],
    why: '`EXPOSE 22/udp` is not SSH',
  },
  {
    rule: 'DS-0017',
    cases: [],
    why: '`apt-get update && ./install.sh` may install from the lists',
  },
  {
    rule: 'DS-0031',
    cases: [],
    why: '`AZURE_CLIENT_ID` is no secret: nobody can log in with it alone',
  },
];

const checkov = [
  {
    rule: 'CKV2_DOCKER_14, CKV2_DOCKER_6',
    cases: [
      'graph/EnvGitSslNoVerify/fail/Dockerfile.run.quotes',
      'graph/EnvNodeTlsRejectUnauthorized/fail/Dockerfile.run.quotes',
    ],
    why: "in `'lol\\'' X=0` the shell's quotes close elsewhere: `X=0` is part of a text that does not end",
  },
];

const kics = [
  {
    rule: 'Apt Get Install Pin Version Not Defined',
    cases: ['apt_get_install_pin_version_not_defined/positive2.dockerfile'],
    why: 'in `apt-get install -t python` python is the release to take from, and no package is named',
  },
  {
    rule: 'Missing Zypper Non-interactive Switch, Multiple CMD, Multiple ENTRYPOINT',
    cases: [
      'missing_zypper_non_interactive_switch/negative2.dockerfile',
      'multiple_cmd_instructions_listed/negative2.dockerfile',
      'multiple_entrypoint_instructions_listed/negative2.dockerfile',
    ],
    why: 'a stage that only builds is judged too: the build stops there, or the line has no effect',
  },
  {
    rule: 'NPM Install Command Without Pinned Version',
    cases: ['npm_install_without_pinned_version/negative1.dockerfile'],
    why: '`git://github.com/npm/cli.git` names no commit: it is another one tomorrow',
  },
  {
    rule: 'Update Instruction Alone',
    cases: ['update_instruction_alone/negative7.dockerfile'],
    why: '`apt update && install nginx` installs nothing: `install` is another program',
  },
  {
    rule: 'Yum Clean All Missing',
    cases: ['yum_clean_all_missing/positive.dockerfile'],
    why: 'in `yum clean all yum -y install` nothing is installed: `&&` is missing',
  },
  {
    rule: 'Apt Get Install Lists Were Not Deleted',
    cases: [],
    why: 'an `apt-get install` without `apt-get update` leaves no lists, and the images of Debian and Ubuntu delete what it downloads',
  },
  {
    rule: 'Yum Install Without Version',
    cases: [],
    why: 'a group of packages (`yum groupinstall`) has no version',
  },
  {
    rule: 'Multiple RUN, ADD, COPY Instructions Listed',
    cases: [],
    why: 'only where joining makes the image smaller: separate layers are cached separately',
  },
];

const semgrep = [
  {
    rule: 'missing-pip-no-cache-dir',
    cases: ['best-practice/missing-pip-no-cache-dir.dockerfile:21'],
    why: '`pip install .` downloads what the project needs, and caches it',
  },
  {
    rule: 'set-pipefail',
    cases: ['best-practice/set-pipefail.dockerfile (whole file)', 'best-practice/set-pipefail.dockerfile:8'],
    why: '`||` is no pipe',
  },
  {
    rule: 'use-either-wget-or-curl',
    cases: [
      'best-practice/use-either-wget-or-curl.dockerfile (whole file)',
      'best-practice/use-either-wget-or-curl.dockerfile:4',
    ],
    why: 'told where the second program comes in, with the first as related place',
  },
  {
    rule: 'missing-user',
    cases: [
      'security/missing-user.dockerfile (whole file)',
      'security/missing-user.dockerfile:9',
      'security/missing-user.dockerfile:12',
      'security/missing-user.dockerfile:15',
    ],
    why: 'told once, at the FROM whose image starts as root, and not at each CMD',
  },
  {
    rule: 'avoid-dnf-update, avoid-yum-update',
    cases: [],
    why: '`dnf update curl` names the package, as an install does',
  },
  {
    rule: 'prefer-copy-over-add',
    cases: [],
    why: 'ADD unpacks local archives, which COPY does not',
  },
];

const checks = 'iac-extensions/docker/src/test/resources/checks';
const sonar = [
  {
    rule: 'S7031',
    cases: [`${checks}/ConsecutiveRunInstructionCheck/ConsecutiveRunInstructionCheck.dockerfile`],
    why: 'told at the second RUN, where comments of hadolint silence it; a comment between two RUNs says that they are meant apart',
  },
  {
    rule: 'S7020, S7028',
    cases: [
      `${checks}/LongRunInstructionCheck/Dockerfile.custom`,
      `${checks}/MandatoryLabelCheck/multipleLabelsRequired.dockerfile`,
    ],
    why: 'the case belongs to settings of that tool',
  },
  {
    rule: 'S6471',
    cases: [
      `${checks}/PrivilegedUserCheck/CustomSafeImages/Compliant/Dockerfile_customSafeImages-Compliant.6`,
      `${checks}/PrivilegedUserCheck/CustomSafeImages/Compliant/Dockerfile_customSafeImages-Compliant.7`,
    ],
    why: 'the case belongs to settings of that tool',
  },
  {
    rule: 'S6471',
    cases: [`${checks}/PrivilegedUserCheck/Noncompliant/Dockerfile.21`],
    why: '`gosu` steps down from root, also behind `sh -c`: the case itself calls it a false positive',
  },
  {
    rule: 'S5332',
    cases: [`${checks}/UnencryptedProtocolCheck/Dockerfile`],
    why: 'what a program is told when it starts is not what the build downloads, and an IPv6 address in a URL stands in brackets',
  },
  {
    rule: 'S7029',
    cases: [],
    why: 'ADD unpacks no `.zip` and no `.7z`: COPY does the same',
  },
  {
    rule: 'S7028',
    cases: [],
    why: 'a label of another stage, or one in ONBUILD, is not a label of the image',
  },
  {
    rule: 'S6579',
    cases: [],
    why: 'told once for each variable of a stage, at its first use',
  },
  {
    rule: 'S6589',
    cases: [],
    why: 'judged in each stage by itself: the CMD of another stage is not overridden',
  },
  {
    rule: 'S6470',
    cases: [],
    why: '`COPY .. /x` takes the whole context: Docker goes no higher than its root',
  },
  {
    rule: 'S6471',
    cases: [],
    why: 'images such as postgres, nginx and redis start as root and give that up by themselves',
  },
];

const of = (tool, entries) => entries.map((entry) => ({ tool, ...entry }));
export const differences = [
  ...of('hadolint', hadolint),
  ...of('buildkit', buildkit),
  ...of('trivy', trivy),
  ...of('checkov', checkov),
  ...of('kics', kics),
  ...of('semgrep', semgrep),
  ...of('sonar', sonar),
];
