import type { Browser } from 'playwright-core';

/** Undefined: there is none, and none is installed for it. */
export function installedBrowser(): string | undefined;
export function launchBrowser(executablePath: string | undefined): Promise<Browser>;
