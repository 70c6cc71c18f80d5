/** The one thing that dockerfile-ast asks of Node's Buffer: the bytes of a text. */
export const Buffer = { from: (text) => new TextEncoder().encode(text) };
