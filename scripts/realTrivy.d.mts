export const realTrivy: { readonly program: string; readonly cache: string };
export function installTrivy(): string | undefined;
