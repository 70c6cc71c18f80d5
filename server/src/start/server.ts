import { startProgram } from './startProgram';

startProgram('languageServer');
