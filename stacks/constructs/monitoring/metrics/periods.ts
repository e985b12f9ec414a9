/** Periods of metrics, and what they are compared with, in seconds. */
export const MINUTES_5 = 300;
export const HOUR = 3600;
export const DAY = 86_400;
