export function writeTexts(folder: string): void;
