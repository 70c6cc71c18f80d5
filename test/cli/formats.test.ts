import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { escapeXml } from '../../server/src/cli/formatters/xml';
import { folderOf, runCli, runCliForPage } from '../helpers/cliProcess';

const SUDO_TWICE = 'FROM debian:12\nRUN sudo ls\nRUN sudo ls\nUSER 1000\n';
const CLEAN = 'FROM debian:12-slim\nUSER 1000\n';
/** As much as messages repeat of a file: quotes, markup, the end of CDATA, what XML has no way to write. */
const HOSTILE = `FROM debian:12 AS a]]>\u0001<&\ufffe'\nUNKNOWN"]]>\u0001<&\ufffe\u{1f600}' x\nUSER 1000\n`;
const NOT_XML = ['\u0001', '\ufffe'];

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict reading: anything that is not well-formed throws. */
function readXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on(
    'opentag',
    ({ name, attributes }: { name: string; attributes: Record<string, string | SaxesAttributePlain> }) => {
      const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
  );
  parser.on('closetag', () => void open.pop());
  parser.on('text', (part) => {
    const last = open.at(-1);
    if (last) last.text += part;
  });
  parser.write(text).close();
  const [document] = root.children;
  if (!document) throw new Error('no element');
  return document;
}

function lint(format: string, files: Readonly<Record<string, string | Buffer>>, args: readonly string[] = []) {
  return runCli(['lint', '--format', format, ...args], { cwd: folderOf(files) });
}

interface JsonFinding {
  readonly rule: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/** What the JSON format, which has a test of its own, says of the same files. */
function expectedFindings(files: Readonly<Record<string, string | Buffer>>): readonly JsonFinding[] {
  return JSON.parse(lint('json', files).out).files.flatMap((file: { findings: JsonFinding[] }) => file.findings);
}

describe('GitLab Code Quality', () => {
  const entriesOf = (files: Readonly<Record<string, string | Buffer>>, args?: readonly string[]) =>
    JSON.parse(lint('gitlab', files, args).out) as {
      description: string;
      check_name: string;
      fingerprint: string;
      severity: string;
      location: { path: string; lines: { begin: number; end: number } };
    }[];

  it('has an entry for each finding, with its lines and a severity of GitLab', () => {
    const files = { 'app/Dockerfile': SUDO_TWICE };
    const entries = entriesOf(files);
    expect(
      entries.map(({ check_name, description, location }) => [check_name, description, location.lines.begin]),
    ).toEqual(expectedFindings(files).map(({ rule, message, range }) => [rule, message, range.start.line + 1]));
    for (const { severity, location } of entries) {
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
      expect(location.path).toBe('app/Dockerfile');
      expect(location.lines.end).toBeGreaterThanOrEqual(location.lines.begin);
    }
  });

  it('tells equal findings apart in a file and between files, and knows them again on other lines', () => {
    const prints = (text: string) =>
      entriesOf({ 'a/Dockerfile': text, 'b/Dockerfile': text })
        .filter(({ check_name }) => check_name === 'no-sudo')
        .map(({ fingerprint }) => fingerprint);
    const before = prints(SUDO_TWICE);
    expect(new Set(before).size).toBe(4);
    expect(prints(SUDO_TWICE.replace('RUN', '\n# a comment\nRUN'))).toEqual(before);
  });

  it('names files from the current folder, however they are given', () => {
    const cwd = folderOf({ 'a/Dockerfile': SUDO_TWICE });
    for (const path of ['.', './a', join(cwd, 'a/Dockerfile')]) {
      const { out } = runCli(['lint', '--format', 'gitlab', path], { cwd });
      const paths = JSON.parse(out).map((entry: { location: { path: string } }) => entry.location.path);
      expect(new Set(paths)).toEqual(new Set(['a/Dockerfile']));
    }
  });

  it('is an empty list without findings, and has what could not be read', () => {
    expect(entriesOf({ Dockerfile: CLEAN })).toEqual([]);
    const [entry] = entriesOf({ Dockerfile: Buffer.from([0]) });
    expect(entry).toMatchObject({ severity: 'blocker', location: { path: 'Dockerfile', lines: { begin: 1 } } });
  });
});

describe('Checkstyle', () => {
  it('has files with their findings', () => {
    const files = { Dockerfile: SUDO_TWICE };
    const root = readXml(lint('checkstyle', files).out);
    expect(root.name).toBe('checkstyle');
    expect(root.children.map((file) => file.attributes['name'])).toEqual(['Dockerfile']);
    const errors = root.children.flatMap((file) => file.children);
    expect(
      errors.map(({ attributes }) => [
        attributes['line'],
        attributes['column'],
        attributes['source'],
        attributes['message'],
      ]),
    ).toEqual(
      expectedFindings(files).map(({ rule, message, range: { start } }) => [
        String(start.line + 1),
        String(start.character + 1),
        `dockerfile-optimizer.${rule}`,
        message,
      ]),
    );
    for (const { attributes } of errors) expect(['error', 'warning', 'info']).toContain(attributes['severity']);
  });

  it('has an error for a file that could not be read', () => {
    const { code, out } = lint('checkstyle', { Dockerfile: Buffer.from([0]) });
    expect(code).toBe(2);
    expect(readXml(out).children[0]?.children[0]?.attributes).toMatchObject({ severity: 'error' });
  });
});

describe('JUnit', () => {
  it('has a suite for each file, a failure for each finding and a passed test for a clean file', () => {
    const files = { 'a.Dockerfile': CLEAN, 'b.Dockerfile': SUDO_TWICE, 'c.Dockerfile': Buffer.from([0]) };
    const root = readXml(lint('junit', files).out);
    const count = expectedFindings(files).length;
    expect(root.attributes).toMatchObject({ tests: String(count + 2), failures: String(count), errors: '1' });
    const [clean, sudo, broken] = root.children;
    expect(clean?.children.map((test) => test.children)).toEqual([[]]);
    expect(sudo?.children).toHaveLength(count);
    for (const test of sudo?.children ?? []) expect(test.children.map(({ name }) => name)).toEqual(['failure']);
    expect(broken?.children[0]?.children[0]?.name).toBe('error');
    const names = sudo?.children.map(({ attributes }) => attributes['name']);
    expect(new Set(names).size).toBe(count);
  });
});

it.each([
  ['a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ['\ud83d\ude00', '\ud83d\ude00'],
  ['\u0000\u001f\u007f', '\ufffd\ufffd\u007f'],
  ['\r\n\t', '&#13;&#10;&#9;'],
  [']]>&"\'<', ']]&gt;&amp;&quot;&apos;&lt;'],
])('%j is %j in XML', (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});

describe('HTML', () => {
  it('is the page of Check All Dockerfiles, with what JSON has', () => {
    const files = { 'app/Dockerfile': SUDO_TWICE, Dockerfile: CLEAN, 'b/Dockerfile': Buffer.from([0, 1, 2]) };
    const cwd = folderOf(files);
    const { language, report } = runCliForPage(['lint', '--lang', 'ja'], cwd);
    expect(language).toBe('ja');
    if (report.kind !== 'check') throw new Error(report.kind);
    expect(report).toMatchObject({ name: basename(cwd), isCutOff: false });
    const { files: expected } = JSON.parse(runCli(['lint', '--lang', 'ja', '--format', 'json'], { cwd }).out);
    expect(report.files.map(({ uri: _, ...file }) => file)).toEqual(expected);
    expect(report.files.find(({ path }) => path === 'b/Dockerfile')?.error).toBeTruthy();
  });

  it('cannot be ended by what a file says', () => {
    const { report } = runCliForPage(['lint'], folderOf({ Dockerfile: 'FROM debian:12\nENV </script><b> x\n' }));
    expect(JSON.stringify(report)).toContain('</script>');
  });
});

describe.each(['checkstyle', 'junit'])('%s of hostile text', (format) => {
  it('is well-formed and says the same', () => {
    const files = { Dockerfile: HOSTILE };
    const messages = expectedFindings(files).map(({ message }) => message);
    for (const character of NOT_XML) expect(messages.join()).toContain(character);
    const told: string[] = [];
    const collect = ({ attributes, children }: Element): void => {
      if (attributes['message'] !== undefined) told.push(attributes['message']);
      children.forEach(collect);
    };
    collect(readXml(lint(format, files).out));
    const replaced = (text: string) => NOT_XML.reduce((done, character) => done.replaceAll(character, '\ufffd'), text);
    expect(told).toEqual(messages.map(replaced));
  });

  it.skipIf(process.platform === 'win32')('escapes the names of files', () => {
    const name = `a"'<&>\n.Dockerfile`;
    expect(readXml(lint(format, { [name]: SUDO_TWICE }).out).children[0]?.attributes['name']).toBe(name);
  });
});

describe('--output', () => {
  it('writes more reports of the same run into files', () => {
    const cwd = folderOf({ Dockerfile: SUDO_TWICE });
    const { code, out } = runCli(['lint', '--output', 'sarif=a.sarif', '--output=json=b=c.json', '--color'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('no-sudo');
    for (const [format, name] of [
      ['sarif', 'a.sarif'],
      ['json', 'b=c.json'],
    ] as const)
      expect(readFileSync(join(cwd, name), 'utf8')).toBe(runCli(['lint', '--format', format], { cwd }).out);
  });

  it.each([
    ['sarif', '--output sarif: expected <format>=<file>'],
    ['sarif=', '--output sarif=: expected <format>=<file>'],
    ['serif=a', 'Unknown --output "serif"; did you mean "sarif"?'],
    ['json=no/such/folder', 'no/such/folder: not written: '],
  ])('%s is an error', (output, message) => {
    const { code, err } = runCli(['lint', '--output', output], { cwd: folderOf({ Dockerfile: CLEAN }) });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('a byte-order mark', () => {
  const plain = 'RUN sudo ls\n';
  it.each(['text', 'json', 'sarif', 'github', 'gitlab', 'checkstyle', 'junit'])('moves no column of %s', (format) => {
    const of = (text: string) => lint(format, { Dockerfile: text }).out;
    expect(of(`\ufeff${plain}`)).toBe(of(plain));
  });
});
