import { parse } from 'yaml';
import { matchesGlob } from '../engine/glob';
import type { Localize } from '../l10n/localize';
import { listOf, recordOf, recordsOf, textOf } from '../text/jsonValue';
import type { ScanReport, Vulnerability } from './scanReport';

/** In the order in which they are read within one folder. */
export const IGNORE_FILE_NAMES: readonly string[] = ['.trivyignore', '.trivyignore.yaml', '.trivyignore.yml'];

export interface IgnoreFile {
  readonly path: string;
  /** Undefined when the file exists but cannot be read. */
  readonly text: string | undefined;
}

/** One vulnerability that someone has reviewed and accepted. */
interface IgnoreEntry {
  readonly id: string;
  /** Globs; empty: at any path. */
  readonly paths: readonly string[];
  /** `pkg:type/namespace/name@version`; empty: in any package. */
  readonly packages: readonly string[];
  /** The entry no longer applies from this moment on. */
  readonly expiresAt?: Date;
  /** False for ids of other kinds of findings, which plain files can also list and no package scan reports. */
  readonly isForPackages: boolean;
}

/** `CVE-2026-1234`, `RHSA-2026:1234`, `DSA-5555-1`, `GHSA-…`; not `AVD-DS-0002`, `KSV001`, `GPL-3.0`. */
const VULNERABILITY_ID = /^(?:(?:\w+-)*[A-Z]+-\d{4}[-:]\d|GHSA-|TEMP-)/i;

/**
 * Removes ignored vulnerabilities from reports, and notes expired and unused entries of the ignore files. The notes go
 * into the first report.
 */
export function applyIgnoreFiles(
  reports: readonly ScanReport[],
  files: readonly IgnoreFile[],
  { now, localize }: { readonly now: Date; readonly localize: Localize },
): readonly ScanReport[] {
  if (files.length === 0) return reports;
  const notes: string[] = [];
  const valid: { readonly entry: IgnoreEntry; readonly file: string }[] = [];
  for (const file of files) {
    const { entries, problems } = readIgnoreFile(file, localize);
    notes.push(...problems);
    const expired = entries.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt < now);
    if (expired.length > 0)
      notes.push(localize('{file}: expired and no longer ignored: {ids}', { file: file.path, ids: idsOf(expired) }));
    for (const entry of entries) if (!expired.includes(entry)) valid.push({ entry, file: file.path });
  }
  const used = new Set<IgnoreEntry>();
  const kept = reports.map((report) => {
    const vulnerabilities = report.vulnerabilities.filter((row) => {
      const found = valid.find(({ entry }) => matches(entry, row));
      if (found) used.add(found.entry);
      return found === undefined;
    });
    const ignored = report.ignored + report.vulnerabilities.length - vulnerabilities.length;
    return { ...report, vulnerabilities, ignored };
  });
  for (const { path } of files) {
    const unused = valid.flatMap(({ entry, file }) =>
      file === path && entry.isForPackages && !used.has(entry) ? [entry] : [],
    );
    if (unused.length > 0)
      notes.push(localize('{file}: entries that match nothing: {ids}', { file: path, ids: idsOf(unused) }));
  }
  return kept.map((report, index) => (index === 0 ? { ...report, notes: [...report.notes, ...notes] } : report));
}

function idsOf(entries: readonly IgnoreEntry[]): string {
  return [...new Set(entries.map(({ id }) => id))].join(', ');
}

function matches({ id, paths, packages }: IgnoreEntry, row: Vulnerability): boolean {
  if (id !== row.id) return false;
  // A leading `/`: a plain name matches only in the top folder, not in every one.
  if (paths.length > 0 && !paths.some((glob) => matchesGlob(row.path ?? '', `/${glob.replace(/^\//, '')}`)))
    return false;
  return packages.length === 0 || packages.some((one) => isPackage(one, row));
}

/** Compares the name and, if given, the version: scanners use different names for package types. */
function isPackage(purl: string, row: Vulnerability): boolean {
  const [, path = '', version] = /^pkg:[^/]+\/([^?#]+?)(?:@([^?#@]*))?(?:[?#].*)?$/.exec(purl) ?? [];
  const parts = path.split('/').map(decode);
  const [name = ''] = parts.slice(-1);
  const names = [name, parts.join('/'), parts.join(':')];
  return names.includes(row.package) && (version === undefined || decode(version) === row.installedVersion);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface ReadEntries {
  readonly entries: readonly IgnoreEntry[];
  readonly problems: readonly string[];
}

function readIgnoreFile({ path, text }: IgnoreFile, localize: Localize): ReadEntries {
  if (text === undefined) return { entries: [], problems: [localize('{file}: cannot be read', { file: path })] };
  return /\.ya?ml$/i.test(path) ? readYaml(path, text, localize) : readLines(path, text, localize);
}

/** One id per line; `exp:2027-01-31` after it ends the entry on that day. */
function readLines(path: string, text: string, localize: Localize): ReadEntries {
  const entries: IgnoreEntry[] = [];
  const problems: string[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const [id, ...fields] = line
      .replace(/^\ufeff/, '')
      .trim()
      .split(/\s+/);
    if (id === undefined || id === '' || id.startsWith('#')) return;
    const expiry = fields.find((field) => field.startsWith('exp:'))?.slice('exp:'.length);
    const expiresAt = expiry === undefined ? undefined : dayOf(expiry);
    if (expiry !== undefined && !expiresAt) problems.push(badDate(localize, `${path}:${index + 1}`, expiry, id));
    else
      entries.push({
        id,
        paths: [],
        packages: [],
        isForPackages: VULNERABILITY_ID.test(id),
        ...(expiresAt ? { expiresAt } : {}),
      });
  });
  return { entries, problems };
}

function badDate(localize: Localize, file: string, date: string, id: string): string {
  return localize('{file}: {id} is not ignored, because "{date}" is not a date like 2027-01-31', { file, date, id });
}

/** Midnight in UTC, as in Trivy. */
function dayOf(text: string): Date | undefined {
  const date = new Date(/^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(text) ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readYaml(path: string, text: string, localize: Localize): ReadEntries {
  let root: unknown;
  try {
    root = parse(text, { logLevel: 'error' });
  } catch (error) {
    const reason =
      error instanceof Error ? (error.message.split('\n', 1)[0] ?? '').replace(/(?<![:.])[:.]+$/, '') : String(error);
    return { entries: [], problems: [localize('{file}: not valid YAML: {reason}', { file: path, reason })] };
  }
  const list = recordOf(root)?.['vulnerabilities'];
  if (list !== undefined && list !== null && !Array.isArray(list))
    return { entries: [], problems: [localize('{file}: `vulnerabilities` is not a list', { file: path })] };
  const entries: IgnoreEntry[] = [];
  const problems: string[] = [];
  for (const item of recordsOf(list)) {
    const id = textOf(item['id']);
    if (id === undefined) {
      problems.push(localize('{file}: an entry of `vulnerabilities` has no id', { file: path }));
      continue;
    }
    const expiry = item['expired_at'] ?? undefined;
    const expiresAt = expiry === undefined ? undefined : dayOf(String(expiry));
    if (expiry !== undefined && !expiresAt) {
      problems.push(badDate(localize, path, String(expiry), id));
      continue;
    }
    const texts = (name: string) => listOf(item[name]).flatMap((one) => textOf(one) ?? []);
    entries.push({
      id,
      paths: texts('paths'),
      packages: texts('purls'),
      isForPackages: true,
      ...(expiresAt ? { expiresAt } : {}),
    });
  }
  return { entries, problems };
}
