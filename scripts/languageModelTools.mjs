/** What package.json says of the tools for the language models of the editor: those of `mcp`, without writing. */

/** How a person names a tool in a chat: `#dockerfileLint`. */
const REFERENCES = {
  lint_dockerfile: { name: 'dockerfileLint', icon: '$(checklist)' },
  fix_dockerfile: { name: 'dockerfileFix', icon: '$(wand)' },
  optimize_dockerfile: { name: 'dockerfileOptimize', icon: '$(layers)' },
  explain_rule: { name: 'dockerfileRule', icon: '$(book)' },
  image_facts: { name: 'dockerfileImage', icon: '$(package)' },
  create_dockerfile: { name: 'dockerfileCreate', icon: '$(new-file)' },
  measure_image: { name: 'dockerfileMeasure', icon: '$(graph)' },
  verify_optimization: { name: 'dockerfileVerify', icon: '$(beaker)' },
};

/** @param toolInterfaces all tools, given whether they may write and run */
export function languageModelTools({ toolInterfaces }) {
  return toolInterfaces({ isWriteAllowed: false, isRunAllowed: true }).map((tool) => {
    const { name, icon } = REFERENCES[tool.name];
    return {
      name: `dockerfile-optimizer_${tool.name}`,
      displayName: `%tool.${tool.name}%`,
      modelDescription: tool.description,
      userDescription: `%tool.${tool.name}.description%`,
      toolReferenceName: name,
      canBeReferencedInPrompt: true,
      icon,
      ...(tool.isOnline ? { when: 'dockerfileOptimizer.hasPrograms && isWorkspaceTrusted' } : {}),
      inputSchema: tool.inputSchema,
    };
  });
}
