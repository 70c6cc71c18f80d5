/**
 * The checks of other tools, as of 2026-08, and why we lack some of them. Ids are written like the aliases of our
 * rules.
 */
const range = (prefix, digits, numbers) =>
  numbers.flatMap((part) => {
    const [first, last = first] = String(part).split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => prefix + String(first + at).padStart(digits, '0'));
  });
const prefixed = (prefix, names) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${prefix}:${name}`);

/** The rules of ours that look for the same. */
export const DOCKTOR = {
  BP001: ['require-image-tag', 'no-latest-tag'],
  BP002: ['require-healthcheck'],
  BP003: [],
  BP004: ['require-label'],
  BP005: ['no-shell-in-scratch'],
  BP006: ['no-unknown-copy-from', 'no-misspelled-stage'],
  BP007: ['exec-form-cmd'],
  BP008: ['require-absolute-workdir'],
  BP009: ['apt-get-clean-same-layer'],
  PERF001: ['merge-consecutive-run'],
  PERF002: ['apt-get-clean-same-layer'],
  PERF003: ['copy-manifests-first'],
  PERF004: ['no-build-tools-in-final'],
  PERF005: ['no-apt-upgrade'],
  PERF006: ['copy-manifests-first', 'require-dockerignore'],
  PERF007: ['no-lone-package-update'],
  SEC001: ['prefer-copy-over-add'],
  SEC002: ['no-root-user'],
  SEC003: ['no-secret-in-env'],
  SEC004: ['require-copy-chown'],
};

export const PEERS = [
  {
    tool: 'hadolint',
    url: 'https://github.com/hadolint/hadolint',
    ids: range('DL', 4, [
      '1000-1001',
      '3000-3004',
      '3006-3016',
      '3018-3030',
      '3032-3038',
      '3040-3067',
      '4000-4001',
      '4003-4006',
    ]),
    note: 'Codes of ShellCheck (`SC2086`) come from ShellCheck itself, by the rule [shellcheck](rules/shellcheck.md).',
  },
  {
    tool: 'BuildKit',
    url: 'https://docs.docker.com/reference/build-checks/',
    ids: `ConsistentInstructionCasing CopyIgnoredFile DuplicateStageName ExposeInvalidFormat ExposeProtoCasing FromAsCasing
      FromPlatformFlagConstDisallowed InvalidBaseImagePlatform InvalidDefaultArgInFrom InvalidDefinitionDescription
      JSONArgsRecommended LegacyKeyValueFormat MaintainerDeprecated MultipleInstructionsDisallowed NoEmptyContinuation
      RedundantTargetPlatform ReservedStageName SecretsUsedInArgOrEnv StageNameCasing UndefinedArgInFrom UndefinedVar
      WorkdirRelativePath`
      .trim()
      .split(/\s+/),
  },
  {
    tool: 'Trivy',
    url: 'https://avd.aquasec.com/misconfig/dockerfile/',
    ids: range('DS-', 4, ['1-2', '4-17', '19-27', '29-32']),
    note: 'Also by their old forms `DS002` and `AVD-DS-0002`.',
  },
  {
    tool: 'Checkov',
    url: 'https://www.checkov.io/5.Policy%20Index/dockerfile.html',
    ids: [...range('CKV_DOCKER_', 1, ['1-11']), ...range('CKV2_DOCKER_', 1, ['1-18'])],
  },
  {
    tool: 'KICS',
    url: 'https://docs.kics.io/latest/queries/dockerfile-queries/',
    ids: prefixed(
      'kics',
      `add_instead_of_copy apk_add_using_local_cache_path apt_get_install_lists_were_not_deleted
      apt_get_install_pin_version_not_defined apt_get_missing_flags_to_avoid_manual_input
      apt_get_not_avoiding_additional_packages changing_default_shell_using_run_command chown_flag_exists
      copy_from_references_current_from_alias copy_with_more_than_two_arguments_not_ending_with_slash
      curl_or_wget_instead_of_add exposing_port_22 gem_install_without_version healthcheck_instruction_missing
      image_version_not_explicit image_version_using_latest last_user_is_root maintainer_instruction_being_used
      missing_dnf_clean_all missing_flag_from_dnf_install missing_user_instruction
      missing_version_specification_in_dnf_install missing_zypper_clean missing_zypper_non_interactive_switch
      multiple_cmd_instructions_listed multiple_entrypoint_instructions_listed multiple_run_add_copy_instructions_listed
      not_using_json_in_cmd_and_entrypoint_arguments npm_install_without_pinned_version
      pip_install_keeping_cached_packages run_command_cd_instead_of_workdir run_using_apt run_using_sudo
      run_using_wget_and_curl run_utilities_and_posix_commands same_alias_in_different_froms
      shell_running_a_pipe_without_pipefail_flag unix_ports_out_of_range unpinned_package_version_in_apk_add
      unpinned_package_version_in_pip_install update_instruction_alone using_platform_with_from
      using_unnamed_build_stages workdir_path_not_absolute yum_clean_all_missing yum_install_allows_manual_input
      yum_install_without_version zypper_install_without_version`,
    ),
  },
  {
    tool: 'Semgrep',
    url: 'https://semgrep.dev/p/dockerfile',
    ids: prefixed(
      'semgrep',
      `alias-must-be-unique avoid-apk-upgrade avoid-apt-get-upgrade avoid-dnf-update avoid-latest-version
      avoid-platform-with-from avoid-yum-update avoid-zypper-update copy-from-own-alias dockerfile-dockerd-socket-mount
      dockerfile-pip-extra-index-url dockerfile-source-not-pinned invalid-port last-user-is-root maintainer-is-deprecated missing-apk-no-cache
      missing-assume-yes-switch missing-dnf-assume-yes-switch missing-dnf-clean-all missing-image-version
      missing-no-install-recommends missing-pip-no-cache-dir missing-user missing-user-entrypoint
      missing-yum-assume-yes-switch missing-yum-clean-all missing-zypper-clean missing-zypper-no-confirm-switch
      multiple-cmd-instructions multiple-entrypoint-instructions no-sudo-in-dockerfile nonsensical-command prefer-apt-get
      prefer-copy-over-add prefer-json-notation remove-package-cache remove-package-lists run-security-insecure secret-in-build-arg set-pipefail
      use-absolute-workdir use-either-wget-or-curl use-shell-instruction use-workdir`,
    ),
  },
  {
    tool: 'SonarQube',
    url: 'https://rules.sonarsource.com/docker/',
    ids: range('sonar:S', 4, [
      '1135',
      '2260',
      '2612',
      '4507',
      '5332',
      '6431',
      '6469-6473',
      '6476',
      '6502',
      '6504',
      '6574',
      '6579',
      '6586',
      '6589',
      '6596',
      '7019-7021',
      '7023',
      '7028-7031',
      '8431',
    ]),
  },
  {
    tool: 'tally',
    url: 'https://tally.wharflab.com',
    ids: prefixed(
      'tally',
      `circular-stage-deps consistent-indentation copy-after-user-without-chown copy-from-empty-scratch-stage
      curl-should-follow-redirects eol-last epilogue-order gpu/cuda-version-mismatch gpu/no-buildtime-gpu-queries
      gpu/no-container-runtime-in-image gpu/no-hardcoded-visible-devices gpu/no-redundant-cuda-install
      gpu/prefer-minimal-driver-capabilities gpu/prefer-runtime-final-stage gpu/prefer-uv-over-conda invalid-json-form
      invalid-onbuild-trigger js/node-gyp-cache-mounts labels/no-buildx-git-overlap labels/no-duplicate-keys
      labels/no-stale-base-digest labels/prefer-grouped labels/prefer-stable-order labels/valid-key max-lines
      named-identity-in-passwdless-stage newline-between-instructions newline-per-chained-call no-multi-spaces
      no-multiple-empty-lines no-trailing-spaces no-ungraceful-stopsignal no-unreachable-stages
      php/composer-no-dev-in-production php/enable-opcache-in-production php/no-xdebug-in-final-image platform-mismatch
      powershell/error-action-preference powershell/prefer-shell-instruction powershell/progress-preference prefer-add-git
      prefer-add-unpack prefer-canonical-stopsignal prefer-copy-chmod prefer-copy-heredoc prefer-curl-config
      prefer-formatted-heredocs prefer-multi-stage-build prefer-nginx-sigquit prefer-package-cache-mounts prefer-run-heredoc
      prefer-systemd-sigrtmin-plus-3 prefer-telemetry-opt-out prefer-vex-attestation prefer-wget-config
      require-secret-mounts require-stages ruby/asset-precompile-without-dummy-key ruby/bootsnap-precompile-without-j1
      ruby/deprecated-bundler-install-flags ruby/eol-ruby-version ruby/healthcheck-rails-up-endpoint
      ruby/jemalloc-installed-but-not-preloaded ruby/leftover-bundler-cache ruby/missing-bundle-deployment
      ruby/missing-bundle-without-development ruby/prefer-bundler-cache-mount ruby/prefer-gemfile-bind-mounts
      ruby/prefer-network-none-install ruby/prefer-secret-mounts-for-build-credentials ruby/redundant-bundler-install
      ruby/secrets-in-arg-or-env ruby/state-paths-not-writable-as-non-root ruby/yjit-not-enabled-on-supported-runtime
      secrets-in-code shell-run-in-scratch sort-packages stateful-root-runtime syntax-directive-typo unknown-instruction
      user-created-but-never-used user-explicit-group-drops-supplementary-groups windows/no-chown-flag windows/no-run-mounts
      windows/no-stopsignal world-writable-state-path-workaround`,
    ),
    note: 'Its own rules, from the pages of its documentation (read 2026-11). Its ports of hadolint and BuildKit have the names of those tools.',
  },
  {
    tool: 'droast',
    url: 'https://github.com/immanuwell/dockerfile-roast',
    ids: range('DF', 3, ['1-75']),
    note: 'From its rule catalog (read 2026-11).',
  },
  {
    tool: 'docktor',
    url: 'https://pypi.org/project/docktor-py/',
    ids: Object.keys(DOCKTOR),
    like: DOCKTOR,
    note: 'From its sources, 0.2.1 (2025-12). Its IDs are no names here: `SEC001` could be anything.',
  },
  {
    tool: 'dockerfile-utils',
    url: 'https://github.com/rcjsuen/dockerfile-utils',
    ids: prefixed(
      'dockerfile-utils',
      `ARGUMENT_EXTRA ARGUMENT_MISSING BASE_NAME_EMPTY CASING_DIRECTIVE CASING_INSTRUCTION DEPRECATED_MAINTAINER
      DUPLICATED_ESCAPE_DIRECTIVE DUPLICATE_BUILD_STAGE_NAME EMPTY_CONTINUATION_LINE FLAG_INVALID_FROM_VALUE INVALID_AS
      INVALID_BUILD_STAGE_NAME INVALID_DESTINATION INVALID_ESCAPE_DIRECTIVE INVALID_PORT INVALID_PROTO
      INVALID_REFERENCE_FORMAT INVALID_SIGNAL INVALID_SYNTAX JSON_IN_SINGLE_QUOTES MULTIPLE_INSTRUCTIONS NO_SOURCE_IMAGE
      SHELL_JSON_FORM SHELL_REQUIRES_ONE SYNTAX_MISSING_EQUALS UNKNOWN_INSTRUCTION UNKNOWN_TYPE UNSUPPORTED_MODIFIER
      WORKDIR_IS_NOT_ABSOLUTE`,
    ),
  },
  {
    tool: 'Parfum',
    url: 'https://github.com/tdurieux/docker-parfum',
    ids: `configureShouldUseBuildFlag curlUseFlagF curlUseFlagL curlUseHttpsUrl gemUpdateNoDocument gemUpdateSystemRmRootGem
      gpgUseBatchFlag gpgUseHaPools gpgVerifyAscRmAsc mkdirUsrSrcThenRemove npmCacheCleanAfterInstall npmCacheCleanUseForce
      rmRecursiveAfterMktempD ruleMoreThanOneInstall sha256sumEchoOneSpaces tarSomethingRmTheSomething wgetUseHttpsUrl
      yumInstallRmVarCacheYum`
      .trim()
      .split(/\s+/),
  },
  {
    tool: 'Dockle',
    url: 'https://github.com/goodwithtech/dockle',
    ids: 'CIS-DI-0001 CIS-DI-0006 CIS-DI-0007 CIS-DI-0008 CIS-DI-0009 CIS-DI-0010 DKL-DI-0001 DKL-DI-0006'.split(' '),
  },
];

/** Ids that none of our rules covers, each with its reason. */
export const NOT_CARRIED = {
  'CIS-DI-0008': 'needs the built image: set-user-id bits are a matter of its files, not of the Dockerfile',
  gemUpdateSystemRmRootGem: 'deletes a folder that newer versions of RubyGems do not make',
  gpgUseHaPools: 'the pool of key servers that it asks for was closed in 2021',
  DF024: 'a check without content in that tool',
  DF075: 'Podman runs a preprocessor over `Containerfile.in`; such files are not read',
  BP003: '`EXPOSE 80` means `80/tcp`: nothing is wrong with it',
  'tally:platform-mismatch': 'needs the registry: the platform of the base image is not in the Dockerfile',
  'tally:ruby/prefer-gemfile-bind-mounts':
    'a layer with two small files costs next to nothing, and Bundler reads them at run time too',
  'tally:ruby/prefer-network-none-install':
    'the lock file says what is installed; doing that offline is hardening that few builds need',
  'tally:newline-between-instructions': 'blank lines are left to the author',
  'tally:no-multi-spaces': 'blanks that align words are left to the author',
};
