import { startProgram } from './startProgram';

/** These commands need different compiled code, and so does a `lint` thread. All other commands share one cache. */
const KEPT = ['lint', 'fix', 'optimize'];

startProgram('commandLine', KEPT.find((command) => process.argv[2]?.startsWith(command)) ?? 'others');
