import type { ApiClient } from '../../../../tests/support/ApiClient';
import type { Samples } from '../../../../tests/support/moduleSamples';
import { makeLabel, makeProject, makeTask } from '../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../tests/support/testPlatform';

type Scene = Parameters<Samples[string]>[0];

const as = ({ owner, workspaceId }: Scene, { api }: TestPlatform): ApiClient => api.as(owner.accessToken, workspaceId);

const aTask: Samples[string] = async (scene, platform) =>
  (await makeTask(as(scene, platform), { title: scene.marker })).id;

export const samples: Samples = {
  project: async (scene, platform) => (await makeProject(as(scene, platform), { name: scene.marker })).id,
  label: async (scene, platform) => (await makeLabel(as(scene, platform), { name: scene.marker })).id,
  parentTask: aTask,
  // Those between which a task is moved, in this order.
  taskAbove: aTask,
  taskBelow: aTask,
  task: async (scene, platform) => {
    const api = as(scene, platform);
    const [label] = (await api.get('/labels')).body.data;
    return (await makeTask(api, { title: scene.marker, labelIds: [label.id] })).id;
  },
};
