/** Where we say something else than another tool on purpose: `cases` are names of its cases. Goes into docs/parity.md. */
export const differences = [];
