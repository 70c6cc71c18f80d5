/** What the suite takes of `node:assert`, for hosts without Node.js. */

export function ok(value: unknown, message = 'not true'): asserts value {
  if (!value) throw new Error(message);
}

export function strictEqual(actual: unknown, expected: unknown, message = ''): void {
  if (!Object.is(actual, expected))
    throw new Error(`${message} ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
}

export function deepStrictEqual(actual: unknown, expected: unknown, message = ''): void {
  strictEqual(JSON.stringify(actual), JSON.stringify(expected), message);
}

export async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  const reason = await promise.then(
    () => undefined,
    (error) => String(error),
  );
  ok(reason !== undefined && message.test(reason), `${reason} is not ${message}`);
}
