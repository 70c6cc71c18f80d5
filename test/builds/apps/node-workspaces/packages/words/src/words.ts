/** What the shop says to a guest. */
export function welcome(name: string): string {
  return `Welcome, ${name}`;
}
