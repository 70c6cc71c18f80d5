import { startProgram } from './startProgram';

startProgram('commandLine');
