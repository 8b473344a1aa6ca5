/** What stands at the foot of every mail of a notification. */
export const WHY_THIS_MAIL =
  'You choose what is mailed to you, and how often, in the preferences of your notifications.';
