/** Tells the devices that an account is used from apart from all others. */
export interface KnownDevices {
  /** Whether somebody has signed in to the account with this address from this device before. */
  knows(email: string, device: { readonly ip: string; readonly userAgent: string }): Promise<boolean>;
}
