/** The only part of Node's Buffer that dockerfile-ast uses: the bytes of a text. */
export const Buffer = { from: (text) => new TextEncoder().encode(text) };
