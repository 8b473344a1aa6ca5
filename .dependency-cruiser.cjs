const { boundaries } = require('./scripts/boundaries.cjs');

module.exports = boundaries({
  mayUse: {
    user: [],
    workspace: ['user'],
    role: ['user', 'workspace'],
    auth: ['user', 'workspace', 'role'],
    export: ['user', 'workspace', 'auth'],
    audit: ['user', 'workspace'],
    notification: ['user', 'workspace', 'role'],
    project: ['user', 'workspace', 'audit', 'notification'],
    comment: ['user', 'workspace', 'notification', 'project'],
    file: ['workspace', 'project'],
    webhook: ['workspace', 'notification'],
    operations: [],
  },
});
