/** What the server says. */
export function greet(name: string): string {
  return `Hello ${name}`;
}
