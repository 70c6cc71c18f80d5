import { existsSync } from 'node:fs';
import { startProgram } from './startProgram';

/** These commands need different compiled code, and so does a `lint` thread. All other commands share one cache. */
const KEPT = ['lint', 'fix', 'optimize'];
const command = KEPT.find((one) => process.argv[2]?.startsWith(one)) ?? 'others';
/** A run over a folder compiles more code, which a run over one file would only have to read. */
const hasFolder = process.argv.slice(3).some((word) => existsSync(`${word}/.`));

startProgram('commandLine', hasFolder ? `${command}-folder` : command);
