/** What the user has to be told, without a stack: wrong usage, a file that cannot be read. */
export class Failure extends Error {}
