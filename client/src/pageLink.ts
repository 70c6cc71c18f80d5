import { type Diagnostic, Uri } from 'vscode';

/** These pages are in ShellCheck's own wiki. */
const SHELLCHECK_CODE = /^SC\d+$/;

/** A link to the rule's page in the editor, in the user's language, instead of the website. */
export function pageLink(rule: string): Uri {
  return Uri.parse(`command:dockerfileOptimizer.showRule?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** Sets the link of a finding's code. */
export function linkToPage(finding: Diagnostic): void {
  const { code } = finding;
  if (typeof code !== 'object' || SHELLCHECK_CODE.test(String(code.value))) return;
  finding.code = { value: code.value, target: pageLink(String(code.value)) };
}
