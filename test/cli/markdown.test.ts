import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';
import { newDockerArchive, tar } from '../images/tarBytes';

const markdown = (args: readonly string[], files: Readonly<Record<string, string | Buffer>>) => {
  const { out, err } = runCli([...args, '--format', 'markdown'], { cwd: folderOf(files) });
  expect(err).toBe('');
  return out;
};

describe('--format markdown', () => {
  it('lists findings in a table, text from files never as markup', () => {
    const out = markdown(['lint', 'a_b'], {
      'a_b/Dockerfile': 'FROM debian:12-slim AS A<b>\nRUN sudo ls\nUSER 1000\n',
      'a_b/good/Dockerfile': 'FROM scratch\n',
    });
    expect(out).toContain(
      '\n\n## a\\_b/Dockerfile\n\n| Line | Severity | Finding | Rule |\n| ---: | --- | --- | --- |\n',
    );
    expect(out).toContain('| 2 | warning | `sudo` in RUN | `no-sudo` |\n');
    expect(out).not.toContain('good');
  });

  it('lists at most 100 findings of all files', () => {
    const text = `FROM debian:12-slim\n${'RUN sudo ls\n'.repeat(80)}USER 1000\n`;
    const out = markdown(['lint'], { Dockerfile: text, 'x/Dockerfile': text, 'y/Dockerfile': text });
    expect(out.match(/^\| \d/gm)).toHaveLength(100);
    expect(out).toMatch(/\nand \d+ more\n$/);
    expect(out.length).toBeLessThan(65_536);
  });

  it('tells each step of a plan with its risk, and the start of its reason', () => {
    const Dockerfile = readFileSync(join(import.meta.dirname, '../../examples/calculator/Dockerfile'), 'utf8');
    const out = markdown(['optimize'], { Dockerfile, 'app.py': '', 'requirements.txt': 'flask\n' });
    expect(out).toMatch(/^## Dockerfile\n\n10 layers on a base of about 982 MB → /);
    expect(out).toContain(
      '1. **Write CMD in exec form** (safe) `exec-form-cmd`\n\n    In shell form, the program is a child of `/bin/sh -c`, and the shell is process 1. `docker stop` signals the shell, which does not forward the signal.\n\n2. ',
    );
    expect(out).toContain('\n\n    Risk: A program may need recommended packages');
    expect(out).toMatch(/\n\nManual changes:\n\n {2}- Pin the version: `pip==…`/);
    expect(out).not.toContain('@@');
    expect(markdown(['optimize'], { Dockerfile: 'FROM scratch\nCOPY a /a\nUSER 1000\nCMD ["/a"]\n' })).toBe(
      '## Dockerfile\n\nNothing to change\n\n',
    );
  });

  it('shows a measured image in tables', () => {
    const image = newDockerArchive({
      history: [{ created_by: 'ADD rootfs.tar /' }, { created_by: 'COPY a /a' }],
      layers: [
        tar([{ path: 'bin/sh', data: Buffer.alloc(2000, 1) }]),
        tar([{ path: '<b>|x', data: Buffer.alloc(3000, 2) }]),
      ],
    });
    const out = markdown(['measure', 'Dockerfile', '--archive', 'image.tar'], {
      Dockerfile: 'FROM debian:12\nCOPY a /a\n',
      'image.tar': image,
    });
    expect(out).toContain('**Dockerfile: 5.0 kB in 2 layers, linux/amd64**');
    expect(out).toContain('| line | instruction | added | wasted | files |\n| ---: | --- | ---: | ---: | ---: |\n');
    expect(out).toContain('| 2 | COPY a /a | 3.0 kB |  | 1 |');
    expect(out).toContain('**Largest files**\n\n|  |  |  |\n| ---: | --- | --- |\n| 3.0 kB | /\\<b\\>\\|x | line 2 |');
  });

  it('shows the worst vulnerabilities of a scan, and what upgrading fixes', () => {
    const path = join(import.meta.dirname, '../reports/scannerReports/trivy.json');
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const out = (json: string) => markdown(['scan', '--report', 'r.json'], { 'r.json': json });
    expect(out(JSON.stringify(report))).toContain(
      '| critical | zlib1g | 1:1.2.13.dfsg-1 | - | CVE-2099-0003 | zlib: a made-up overflow |\n',
    );
    expect(out(JSON.stringify(report))).toContain(
      '**Upgrading fixes:**\n\n  - @shop/parse 1.0.0 → 1.0.2, 2.0.0: 2 high\n',
    );
    const [result] = report.Results;
    const [row] = result.Vulnerabilities;
    result.Vulnerabilities = Array.from({ length: 70 }, (_, at) => ({
      ...row,
      VulnerabilityID: `CVE-2098-${1000 + at}`,
    }));
    const many = out(JSON.stringify(report));
    expect(many.match(/^\| (?:critical|high|medium|low) /gm)).toHaveLength(50);
    expect(many).toMatch(/\nand \d+ more\n/);
  });
});
