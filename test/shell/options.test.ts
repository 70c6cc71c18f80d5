import { describe, expect, it } from 'vitest';
import { readOptions, toolOf } from '../../server/src/shell/options';
import { only } from './shellText';

const read = (text: string) => readOptions(only(text));
const operands = (text: string): string =>
  read(text)
    .operands.map((word) => word.value)
    .join(' ');

describe('readOptions', () => {
  it.each([
    ['apt-get install -y curl git', 'install', 'curl git'],
    ['apt-get -o Dpkg::Options::=--force-confold -qq install curl', 'install', 'curl'],
    ['apt-get install -t stable curl', 'install', 'curl'],
    ['apt-get install -t=stable curl', 'install', 'curl'],
    ['apt-get install -qqt stable curl', 'install', 'curl'],
    ['apk add --virtual .build gcc', 'add', 'gcc'],
    ['apk add -t .build gcc', 'add', 'gcc'],
    ['dnf -y --setopt=a=b install x', 'install', 'x'],
    ['pip install -r requirements.txt', 'install', ''],
    ['pip install -rrequirements.txt x', 'install', 'x'],
    ['pip install --no-cache-dir -U pip', 'install', 'pip'],
    ['npm --prefix app ci', 'ci', ''],
    ['npm install --prefix=app x', 'install', 'x'],
    ['yarn --cwd app install', 'install', ''],
    ['go build -ldflags "-s -w" -o app ./cmd', 'build', './cmd'],
    ['git clone --depth 1 -b v1 url', 'clone', 'url'],
    ['conda install -yc conda-forge x', 'install', 'x'],
    ['npm run a -- --prefix x', 'run', 'a --prefix x'],
    ['bundle config set --local path x', 'config', 'set path x'],
  ])('%s: %s %j', (text, subcommand, expected) => {
    expect(read(text).subcommand?.value).toBe(subcommand);
    expect(operands(text)).toBe(expected);
  });

  it.each([
    ['curl -fsSL url -o /tmp/x', 'url'],
    ['curl -sSLo /tmp/x url', 'url'],
    ['wget -qO- url', 'url'],
    ['wget -q -O /x url', 'url'],
    ['useradd -m -u 1000 -s /bin/sh app', 'app'],
    ['useradd -N -o -u 0 app', 'app'],
    ['useradd -Mu 1000 app', 'app'],
    ['adduser -D -H -u 1000 -G grp app', 'app'],
    ['adduser -S -h /app -g "" app', 'app'],
    ['adduser --system --ingroup grp --gecos "" app', 'app'],
    ['groupadd -r -g 1000 app', 'app'],
    ['rm -rf a b', 'a b'],
    ['rm -- -a', '-a'],
    ['mkdir -pm 755 a', 'a'],
    ['chown --from=a -R b c', 'b c'],
    ['tar -xzf a.tgz -C /opt --strip-components 1 b', 'b'],
    ['cp -t dir a b', 'a b'],
  ])('operands of %s are %j', (text, expected) => {
    expect(read(text).subcommand).toBeUndefined();
    expect(operands(text)).toBe(expected);
  });

  it.each([
    ['apt-get install -yqq x', ['-y'], true],
    ['apt-get install -qy x', ['-y', '--yes', '--assume-yes'], true],
    ['apt-get install --yes x', ['-y', '--yes'], true],
    ['apt-get install --no-install-recommends=true x', ['--no-install-recommends'], true],
    ['apt-get install -q x', ['-y'], false],
    ['apt-get install -- -y', ['-y'], false],
    ['apt-get install -oDpkg::yes=1 x', ['-y'], false],
    ['apt-get -o -y install x', ['-y'], false],
    ['go build -tags x', ['-t'], false],
    ['rm -rf x', ['-r'], true],
    ['rm --recursive x', ['-r'], false],
    ['echo y', ['-y'], false],
  ])('%s has %j: %s', (text, names, expected) => {
    expect(read(text).has(...names)).toBe(expected);
  });

  it.each([
    ['pip install -r a.txt', 'a.txt'],
    ['pip install -ra.txt', 'a.txt'],
    ['pip install -Ur a.txt', 'a.txt'],
    ['pip install --requirement=a.txt', 'a.txt'],
    ['pip install --requirement a.txt', 'a.txt'],
    ['pip install -r', undefined],
    ['pip install x', undefined],
  ])('value of -r in %s is %j', (text, value) => {
    expect(read(text).option('-r', '--requirement')?.value).toBe(value);
  });
});

describe('toolOf', () => {
  it.each([
    ['pip3 install x', 'pip', 'pip3 install x'],
    ['pip3.11 install x', 'pip', 'pip3.11 install x'],
    ['/venv/bin/pip install x', 'pip', '/venv/bin/pip install x'],
    ['python -m pip install x', 'pip', 'pip install x'],
    ['sudo python3.12 -u -m pip install x', 'pip', 'pip install x'],
    ['python app.py -m pip', 'python', 'python app.py -m pip'],
    ['python -m venv x', 'python', 'python -m venv x'],
    ['pipenv install', 'pipenv', 'pipenv install'],
    ['apt-get update', 'apt-get', 'apt-get update'],
  ])('%s is %s', (text, tool, words) => {
    const found = toolOf(only(text));
    expect(found.tool).toBe(tool);
    expect(found.words.map((word) => word.value).join(' ')).toBe(words);
  });
});
