/** Gives an id to what was sent for a document, so that the same value is not sent twice. */
export interface ResultIds {
  /** Returns the same id as long as the value is the same. */
  idOf(uri: string, value: unknown): string;
  /** True when the value differs from that of the last call. */
  isNew(uri: string, value: unknown): boolean;
  forget(uri: string): void;
}

export function createResultIds(): ResultIds {
  const last = new Map<string, { id: number; json: string }>();
  let counter = 0;
  const idOf = (uri: string, value: unknown): string => {
    const json = JSON.stringify(value);
    const known = last.get(uri);
    if (known?.json === json) return String(known.id);
    last.set(uri, { id: ++counter, json });
    return String(counter);
  };
  return {
    idOf,
    isNew(uri, value) {
      const before = counter;
      idOf(uri, value);
      return counter !== before;
    },
    forget: (uri) => last.delete(uri),
  };
}
