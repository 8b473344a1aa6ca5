/** What other modules may use of exports: nothing yet. */
export {};
