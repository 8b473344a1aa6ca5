/** Nobody gets into a suspended workspace. */
export type WorkspaceStatus = 'active' | 'suspended';
