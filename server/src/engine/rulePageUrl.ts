/** Where a rule's page is on the web; shown by editors behind the rule's name. */
export function rulePageUrl(ruleId: string): string {
  return `https://github.com/dockerfile-optimizer/dockerfile-optimizer/blob/main/docs/rules/${ruleId}.md`;
}
