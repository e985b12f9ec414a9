/** The tags of `Schedule` and the cron fields that they stand for. */
export const SCHEDULE_TAGS: Readonly<Record<string, string>> = {
  "@monthly": "0 0 1 * ? *",
  "@daily": "0 0 * * ? *",
  "@hourly": "0 * * * ? *",
  "@minutely": "* * * * ? *",
  "@sunday": "0 0 ? * 1 *",
  "@monday": "0 0 ? * 2 *",
  "@tuesday": "0 0 ? * 3 *",
  "@wednesday": "0 0 ? * 4 *",
  "@thursday": "0 0 ? * 5 *",
  "@friday": "0 0 ? * 6 *",
  "@saturday": "0 0 ? * 7 *",
  "@every10min": "0/10 * * * ? *",
};
