/** Puts the findings of several tools side by side, by instruction. Pure: text and findings in, tables out. */

/** Findings that belong to no line of the file. */
const WHOLE_FILE = 0;

/**
 * The rows of one file, in its order: one for each instruction with a finding, and one for the whole file.
 * @param instructions each with its first and last line, from one, and its first line as text
 * @param answers by tool: findings with `ids` (a rule of ours has several names), `line` and `message`
 */
export function rowsOf(instructions, answers) {
  const rows = new Map();
  for (const [tool, findings] of Object.entries(answers)) {
    for (const { ids, line, message } of findings) {
      const node = instructions.find(({ first, last }) => first <= line && line <= last);
      const key = node?.first ?? Math.max(line, WHOLE_FILE);
      if (!rows.has(key)) rows.set(key, { line: key, text: node?.text ?? '', found: {} });
      const { found } = rows.get(key);
      found[tool] ??= [];
      if (!found[tool].some((other) => other.ids[0] === ids[0])) found[tool].push({ ids, message });
    }
  }
  return [...rows.values()].sort((a, b) => a.line - b.line);
}

/**
 * For one other tool: what we find too at the same instruction, under its own name; where we only say something else;
 * where we say nothing; and by rule. A finding about a whole file is compared with all of ours in that file.
 */
export function sumUp(files, tool) {
  const sum = { findings: 0, same: 0, other: 0, none: 0, byRule: {} };
  for (const { rows } of files) {
    const inFile = namesOf(rows.flatMap(({ found }) => found.ours ?? []));
    for (const { line, found } of rows) {
      const ours = line === WHOLE_FILE ? inFile : namesOf(found.ours ?? []);
      for (const { ids } of found[tool] ?? []) {
        const kind = ids.some((id) => ours.has(id.toLowerCase())) ? 'same' : ours.size > 0 ? 'other' : 'none';
        const [id] = ids;
        sum.findings++;
        sum[kind]++;
        sum.byRule[id] ??= { same: 0, other: 0, none: 0 };
        sum.byRule[id][kind]++;
      }
    }
  }
  return sum;
}

function namesOf(findings) {
  return new Set(findings.flatMap(({ ids }) => ids.map((id) => id.toLowerCase())));
}

/** The names of tools in a column, then what each of them found. */
export function textOf(path, rows) {
  const lines = [];
  for (const { line, text, found } of rows) {
    lines.push(line === WHOLE_FILE ? `${path}: whole file` : `${path}:${line}: ${text.slice(0, 100)}`);
    for (const [tool, findings] of Object.entries(found))
      lines.push(`  ${tool.padEnd(9)} ${findings.map(({ ids: [id] }) => id).join(', ')}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}
