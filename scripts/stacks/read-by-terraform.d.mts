export const READ_BY_TERRAFORM: RegExp;
export const STACK_FILE: string;
