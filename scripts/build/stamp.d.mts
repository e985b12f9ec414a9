export function stamp(file: string): string;
