/** Options that take the next word as their value, and whether the first operand is a subcommand. */
export interface OptionTable {
  readonly valued: readonly string[];
  readonly hasSubcommand: boolean;
  /** `-tags` is one option, not four letters. */
  readonly hasLongWithOneDash?: boolean;
}

const subcommand = (valued: string): OptionTable => ({ valued: valued.split(' '), hasSubcommand: true });
const plain = (valued: string): OptionTable => ({ valued: valued.split(' '), hasSubcommand: false });

const APT = subcommand('-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P');
const DNF = subcommand(
  '-c --config -d -e -x --exclude -r --repo --repoid --enablerepo --disablerepo --releasever --setopt --installroot --comment --forcearch -R --randomwait --advisory --cve --sec-severity --downloaddir --destdir',
);
const USERADD =
  '-b --base-dir -c --comment -d --home --home-dir -e --expiredate -f --inactive -g --gid -G --groups -k --skel -K --key -p --password -P --prefix -R --root -s --shell -u --uid -Z --selinux-user';

/** By tool, from the manual page of each tool (Debian bookworm, Alpine 3.20, Fedora 40). */
export const OPTION_TABLES: Readonly<Record<string, OptionTable>> = {
  'apt-get': APT,
  apt: APT,
  aptitude: APT,
  apk: subcommand(
    '-t --virtual -p --root -X --repository --repositories-file --keys-dir --cache-dir --cache-max-age --arch --wait --progress-fd',
  ),
  dnf: DNF,
  dnf5: DNF,
  yum: DNF,
  microdnf: DNF,
  tdnf: DNF,
  zypper: subcommand('-R --root -c --config -D --reposd-dir -C --cache-dir -t --type -r --repo --from -p --plus-repo'),
  pip: subcommand(
    '-r --requirement -c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links --prefix --root --src --cache-dir --proxy --timeout --retries --trusted-host --python-version --platform --implementation --abi --only-binary --no-binary --upgrade-strategy --progress-bar --cert --client-cert --log --python --config-settings --global-option --report --root-user-action -d --dest -w --wheel-dir --build -b --exists-action --use-feature --use-deprecated',
  ),
  pipx: subcommand('--python --pip-args --suffix -i --index-url --preinstall'),
  uv: subcommand(
    '-r --requirement -c --constraint -e --editable -p --python --index-url --extra-index-url --cache-dir --project --directory --group --extra --no-group --only-group --with --index --default-index -f --find-links --target --prefix',
  ),
  deno: subcommand('-c --config --lock --import-map --cert'),
  poetry: subcommand('--only --with --without -E --extras -P --project -C --directory'),
  pipenv: subcommand('--python --categories -i --index --pypi-mirror --extra-pip-args'),
  pdm: subcommand('-G --group --with --without -p --project -L --lockfile'),
  'pip-sync': plain('-i --index-url --extra-index-url -f --find-links --trusted-host --pip-args --python-executable'),
  npm: subcommand(
    '--prefix -C --cache --registry --loglevel --userconfig --omit --include -w --workspace --tag --otp --depth --before --install-strategy --location --only --fetch-retries --fetch-timeout --fetch-retry-mintimeout --fetch-retry-maxtimeout',
  ),
  yarn: subcommand(
    '--cwd --cache-folder --registry --modules-folder --network-timeout --network-concurrency --mutex --use-yarnrc --preferred-cache-folder --global-folder',
  ),
  bun: subcommand('--cwd --filter --config -c --registry --cache-dir --backend --omit --env-file'),
  pnpm: subcommand('-C --dir --filter -F --store-dir --registry --reporter --config'),
  gem: subcommand('-v --version -i --install-dir -n --bindir -s --source -P --trust-policy --platform'),
  bundle: subcommand('--path --jobs -j --without --with --gemfile --retry --binstubs --shebang'),
  go: {
    ...subcommand(
      '-o -ldflags -tags -gcflags -asmflags -mod -modfile -C -p -buildmode -run -timeout -coverprofile -overlay -pgo',
    ),
    hasLongWithOneDash: true,
  },
  cargo: subcommand(
    '--manifest-path --target --target-dir --features -F --bin --example -p --package --profile -j --jobs --path --git --branch --tag --rev --version --root --registry --config -Z',
  ),
  composer: subcommand('-d --working-dir --repository --format --prefer-install'),
  conda: subcommand('-n --name -p --prefix -c --channel -f --file --solver --repodata-fn'),
  mamba: subcommand('-n --name -p --prefix -c --channel -f --file'),
  micromamba: subcommand('-n --name -p --prefix -c --channel -f --file -r --root-prefix'),
  git: subcommand(
    '-C -c --git-dir --work-tree --namespace -b --branch --depth -o --origin --reference --config -m --message',
  ),
  curl: plain(
    '-o --output -H --header -d --data --data-raw --data-binary -u --user -X --request -A --user-agent -e --referer -F --form -b --cookie -c --cookie-jar -T --upload-file --retry --retry-delay --retry-max-time --connect-timeout -m --max-time --cacert --cert --key --proto --ciphers --proxy -x --url -w --write-out -K --config -C --continue-at --limit-rate -r --range --output-dir --data-urlencode --json --resolve --connect-to --max-redirs --proto-redir --capath -E --interface',
  ),
  wget: plain(
    '-O --output-document -o --output-file -P --directory-prefix -U --user-agent --header -t --tries -T --timeout -w --wait -e --execute -i --input-file --user --password --ca-certificate --post-data -a --append-output --progress -l --level -A --accept -R --reject --limit-rate --max-redirect --waitretry --connect-timeout --read-timeout --secure-protocol --method --body-data --body-file',
  ),
  useradd: plain(USERADD),
  // adduser of Debian and BusyBox, and the link to useradd on Fedora.
  adduser: plain(`${USERADD} -h --ingroup --gecos --conf --firstuid --lastuid --firstgid --lastgid`),
  groupadd: plain('-g --gid -K --key -p --password -P --prefix -R --root -U --users'),
  addgroup: plain('-g --gid --conf --firstgid --lastgid'),
  chmod: plain('--reference'),
  chown: plain('--reference --from'),
  rm: { valued: [], hasSubcommand: false },
  cp: plain('-S --suffix -t --target-directory'),
  mv: plain('-S --suffix -t --target-directory'),
  mkdir: plain('-m --mode'),
  tar: plain(
    '-f --file -C --directory --exclude --strip-components --transform --owner --group -T --files-from -I --use-compress-program',
  ),
};
