/** What other modules may use of roles: nothing yet; it is asked through core's `WorkspaceAccess`. */
export {};
