import { startProgram } from './startProgram';

/** Each needs other code compiled; those not named share what one of them has left. */
const KEPT = ['lint', 'fix', 'optimize'];

startProgram('commandLine', KEPT.find((command) => command === process.argv[2]) ?? 'others');
