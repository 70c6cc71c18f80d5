/** Whether a USER is root; without USER an image runs as root. */
export function isRootUser(user: string): boolean {
  return /^(?:|0|root)(?::|$)/.test(user);
}
