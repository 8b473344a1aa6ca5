import { jobsDone } from '../../../../tests/support/jobsDone';
import type { Samples } from '../../../../tests/support/moduleSamples';
import { makeComment, makeTask } from '../../../../tests/support/tasks';

export const samples: Samples = {
  // On the task that was made last; people are told of it by jobs.
  comment: async ({ owner, workspaceId, marker }, platform) => {
    const api = platform.api.as(owner.accessToken, workspaceId);
    const { body } = await api.get('/tasks?sort=-createdAt&limit=1');
    const { id: taskId } = body.data[0] ?? (await makeTask(api, { title: marker }));
    const { id } = await makeComment(api, taskId, marker);
    await jobsDone(platform);
    return id;
  },
};
