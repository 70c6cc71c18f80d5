import { differences } from './differences.mjs';

/**
 * Compares our rules with the cases of one tool.
 * @returns how many results match the tool's, and the others, each with whether `differences` gives a reason
 */
export function compare(evaluate, tool, cases) {
  const different = cases.flatMap((example) => {
    const difference = evaluate(example);
    if (!difference) return [];
    const isListed = differences.some((one) => one.tool === tool && one.cases.includes(example.name));
    return [{ example, ...difference, isListed }];
  });
  return {
    same: cases.length - different.length,
    percent: (100 * (cases.length - different.length)) / cases.length,
    different,
  };
}
