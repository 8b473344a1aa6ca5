export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands a mail over, or throws so that the job that sends it is tried again. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
