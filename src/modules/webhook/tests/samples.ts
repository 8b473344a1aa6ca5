import type { Samples } from '../../../../tests/support/moduleSamples';
import { addFailedDelivery, makeWebhook } from '../../../../tests/support/webhooks';

export const samples: Samples = {
  webhook: async ({ owner, workspaceId, marker }) =>
    (await makeWebhook(owner, workspaceId, { url: `https://hooks.invalid/${marker}` })).id,
  delivery: async ({ owner, workspaceId }, platform) => {
    const { data } = (await owner.api.get('/webhooks', { 'X-Workspace-Id': workspaceId })).body;
    return addFailedDelivery(platform, workspaceId, data[0].id);
  },
};
