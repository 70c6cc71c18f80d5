/**
 * What the real hadolint 2.15.1 and `extends: hadolint` say of 1,549 real Dockerfiles, compared by instruction
 * (2026-11).
 */
export const HADOLINT_COMPARED =
  'On 1,549 real Dockerfiles, hadolint 2.15.1 and the preset `hadolint` agree on 5,425 of 5,593 findings (97.0 %). 111 come only from hadolint, 57 only from us. The kinds of both, with the reason:';

export const HADOLINT_DIFFERENCES = [
  { check: 'DL1000', side: 'hadolint', why: '16 files that hadolint cannot read were left out' },
  { check: 'DL3001', side: 'ours', why: '`systemctl start` needs a running service manager, as `service` does' },
  {
    check: 'DL3002',
    side: 'hadolint',
    why: '`USER root` above steps of the build, or in a stage that other stages use',
  },
  { check: 'DL3003', side: 'hadolint', why: '`cd` in a script of Windows: its paths are not read' },
  { check: 'DL3006', side: 'hadolint', why: '`FROM base-$TARGETARCH` names a stage of the same file' },
  {
    check: 'DL3009',
    side: 'hadolint',
    why: '`apt-get dist-clean`, `rm /var/lib/apt/lists/*_*` and a cache mount on `/var/lib/apt` leave no lists',
  },
  { check: 'DL3009', side: 'ours', why: 'an `rm -rf` of other files, or `sudo`, hides the lists from hadolint' },
  { check: 'DL3010', side: 'ours', why: 'archives whose name has a variable, or that COPY takes with other files' },
  {
    check: 'DL3012, DL4003, DL4004',
    side: 'both',
    why: 'told at the instruction that has no effect; hadolint tells the later one',
  },
  { check: 'DL3014', side: 'ours', why: '`apt-get upgrade`, `autoremove` and others ask too' },
  { check: 'DL3015', side: 'hadolint', why: '`apt-get -f install` names no package: it repairs what is installed' },
  { check: 'DL3013, DL3042', side: 'ours', why: 'pip by its path, in `bash -c`, and behind a comment inside a RUN' },
  { check: 'DL3016, DL3028', side: 'ours', why: '`npm add` and options before the package' },
  { check: 'DL3019', side: 'hadolint', why: '`--no-cache` stands in a variable' },
  { check: 'DL3020', side: 'hadolint', why: 'the variable holds a URL; COPY takes none' },
  { check: 'DL3021', side: 'hadolint', why: '`.` is a directory without a slash' },
  {
    check: 'DL3023, DL3024, DL3063',
    side: 'ours',
    why: 'a stage is known by its number too, and by its name in any case',
  },
  { check: 'DL3032, DL3040', side: 'both', why: '`yum` and `dnf` in one RUN, whose cache one command cleans' },
  {
    check: 'DL3030, DL3032 to DL3041',
    side: 'ours',
    why: 'more commands ask, install or fill a cache: `update`, `groupinstall`, `in`, `remove`, and `tdnf`',
  },
  {
    check: 'DL3036, DL3046',
    side: 'hadolint',
    why: 'a stage whose files are discarded, and a `useradd` whose ID is not known to be high',
  },
  { check: 'DL3045', side: 'hadolint', why: '`scratch` always has `/`, and the base image sets a WORKDIR' },
  {
    check: 'DL3059',
    side: 'both',
    why: 'hadolint counts the commands of pipes, branches and PowerShell in its own way',
  },
  { check: 'DL3064', side: 'hadolint', why: '`ARG USERNAME=vscode`: a user name is not a secret' },
  { check: 'DL3064', side: 'ours', why: '`ARG KEY` and `COMPOSER_AUTH` are named like secrets' },
  { check: 'DL3066', side: 'hadolint', why: 'the value of the variable is a number' },
  { check: 'DL4001', side: 'hadolint', why: 'reported once, at the second program' },
  { check: 'DL4005', side: 'ours', why: '`mv` and `cp` replace `/bin/sh` too, also in exec form' },
  {
    check: 'DL4006',
    side: 'hadolint',
    why: 'the pipe begins with `echo`, which cannot fail, or `set -o pipefail` stands in the script',
  },
];
