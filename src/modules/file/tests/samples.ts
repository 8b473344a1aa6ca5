import { attach } from '../../../../tests/support/attachments';
import type { Samples } from '../../../../tests/support/moduleSamples';
import { makeTask } from '../../../../tests/support/tasks';

export const samples: Samples = {
  // To the task that was made last, which others go by, too.
  attachment: async ({ owner, workspaceId, marker }, platform) => {
    const api = platform.api.as(owner.accessToken, workspaceId);
    const { body } = await api.get('/tasks?sort=-createdAt&limit=1');
    const { id: taskId } = body.data[0] ?? (await makeTask(api, { title: marker }));
    return (await attach(platform, owner, { workspaceId, taskId }, Buffer.from(marker))).body.data.id;
  },
};
