import { tar } from './tarBytes';

/** A base image, an installation that leaves its package lists, and a layer that removes a program again. */
export const CURL_LAYERS: readonly Buffer[] = [
  tar([{ path: 'bin/sh', data: Buffer.alloc(2_000_000) }]),
  tar([
    { path: 'var/lib/apt/lists/x', data: Buffer.alloc(1_500_000) },
    { path: 'usr/bin/curl', data: Buffer.alloc(1_200_000) },
  ]),
  tar([{ path: 'usr/bin/.wh.curl' }]),
];
