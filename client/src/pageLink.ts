import { type Diagnostic, Uri } from 'vscode';

/** ShellCheck's own wiki has the page. */
const SHELLCHECK_CODE = /^SC\d+$/;

/** The rule's page in the editor, in the user's language, rather than that of a website. */
export function pageLink(rule: string): Uri {
  return Uri.parse(`command:dockerfileOptimizer.showRule?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** What the code of a finding leads to. */
export function linkToPage(finding: Diagnostic): void {
  const { code } = finding;
  if (typeof code !== 'object' || SHELLCHECK_CODE.test(String(code.value))) return;
  finding.code = { value: code.value, target: pageLink(String(code.value)) };
}
