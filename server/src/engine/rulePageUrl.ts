/** The URL of a rule's page; editors link to it from the rule's name. */
export function rulePageUrl(ruleId: string): string {
  return `https://github.com/dockerfile-optimizer/dockerfile-optimizer/blob/main/docs/rules/${ruleId}.md`;
}
