/** A step did not go as it must; the message says what happened instead. */
export class StepFailed extends Error {}
