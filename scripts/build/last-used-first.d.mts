export function lastUsedFirst(folder: string): string[];
