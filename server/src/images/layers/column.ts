type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The column itself while it has room for `length` values, else a longer one with the same values. */
export function withRoom<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const longer = new (column.constructor as new (size: number) => T)(
    Math.max(length, Math.ceil(column.length * 1.5), 1024),
  );
  longer.set(column);
  return longer;
}
