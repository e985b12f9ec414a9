/** SNS takes 100 ASCII characters (API reference, Publish). */
const MAX_SUBJECT = 100;

/** A text as a notification's subject, in the form that SNS takes. */
export function notificationSubject(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, MAX_SUBJECT);
}
