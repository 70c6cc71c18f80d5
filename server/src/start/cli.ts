import { startProgram } from './startProgram';

/** Each needs other code compiled, and a thread of `lint` what that needs; those not named share what one of them has left. */
const KEPT = ['lint', 'fix', 'optimize'];

startProgram('commandLine', KEPT.find((command) => process.argv[2]?.startsWith(command)) ?? 'others');
