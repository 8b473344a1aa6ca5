/** What other modules may use of files. */
export { fileDeleted, fileUploaded } from './domain/events';
