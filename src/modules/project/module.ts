import type { AtriumModule } from '../../core/bootstrap/module';
import { BringTaskBack } from './application/BringTaskBack';
import { CachedTaskQueries } from './application/CachedTaskQueries';
import { CachedTaskStatistics } from './application/CachedTaskStatistics';
import { ChangeTask } from './application/ChangeTask';
import { ChangeTasks } from './application/ChangeTasks';
import { CreateLabel } from './application/CreateLabel';
import { CreateProject } from './application/CreateProject';
import { CreateTask } from './application/CreateTask';
import { DeleteLabel } from './application/DeleteLabel';
import { DeleteProject } from './application/DeleteProject';
import { DeleteTask } from './application/DeleteTask';
import { DeleteTasksOnProjectDeleted } from './application/DeleteTasksOnProjectDeleted';
import { MoveTask } from './application/MoveTask';
import { NotifyAssigneeOnTaskAssigned } from './application/NotifyAssigneeOnTaskAssigned';
import { NotifyPeopleOnTaskDueSoon } from './application/NotifyPeopleOnTaskDueSoon';
import { ProjectRules } from './application/ProjectRules';
import { PurgeDeletedTasks } from './application/PurgeDeletedTasks';
import { ReleaseWorkOnMemberLeft } from './application/ReleaseWorkOnMemberLeft';
import { ReadStatistics } from './application/ReadStatistics';
import { RemindOfDueTasks } from './application/RemindOfDueTasks';
import { RestoreProject } from './application/RestoreProject';
import { RestoreTask } from './application/RestoreTask';
import { TaskHistory } from './application/TaskHistory';
import { TaskRules } from './application/TaskRules';
import { TranslateTasksOnWorkspaceUpdated } from './application/TranslateTasksOnWorkspaceUpdated';
import { UpdateLabel } from './application/UpdateLabel';
import { UpdateProject } from './application/UpdateProject';
import { WatchTask } from './application/WatchTask';
import {
  labelCreated,
  labelDeleted,
  labelUpdated,
  projectCreated,
  projectDeleted,
  projectRestored,
  projectUpdated,
  taskCreated,
  taskDeleted,
  taskDueSoon,
  taskRestored,
  taskUpdated,
} from './domain/events';
import { taskKinds } from './domain/kinds';
import { projectPermissions } from './domain/permissions';
import { createProjects } from './infrastructure/migrations/createProjects';
import { createReminders } from './infrastructure/migrations/createReminders';
import { indexDeletedWork } from './infrastructure/migrations/indexDeletedWork';
import { indexStatistics } from './infrastructure/migrations/indexStatistics';
import { keepLiveWork } from './infrastructure/migrations/keepLiveWork';
import { renameColor } from './infrastructure/migrations/renameColor';
import { rewriteWords } from './infrastructure/migrations/rewriteWords';
import { separateWords } from './infrastructure/migrations/separateWords';
import { projectExports } from './infrastructure/projectExports';
import { SqlDeletedWork } from './infrastructure/SqlDeletedWork';
import { SqlDeletedWorkQueries } from './infrastructure/SqlDeletedWorkQueries';
import { SqlDueTasks } from './infrastructure/SqlDueTasks';
import { SqlLabelQueries } from './infrastructure/SqlLabelQueries';
import { SqlLabelRepository } from './infrastructure/SqlLabelRepository';
import { SqlProjectQueries } from './infrastructure/SqlProjectQueries';
import { SqlProjectRepository } from './infrastructure/SqlProjectRepository';
import { SqlTaskQueries } from './infrastructure/SqlTaskQueries';
import { SqlTaskReferences } from './infrastructure/SqlTaskReferences';
import { SqlTaskRepository } from './infrastructure/SqlTaskRepository';
import { SqlTaskStatistics } from './infrastructure/SqlTaskStatistics';
import { SqlTaskWatchers } from './infrastructure/SqlTaskWatchers';
import { SqlTaskWords } from './infrastructure/SqlTaskWords';
import { LabelController } from './presentation/LabelController';
import { ProjectController } from './presentation/ProjectController';
import { StatisticsController } from './presentation/StatisticsController';
import { TaskBoardController } from './presentation/TaskBoardController';
import { TaskController } from './presentation/TaskController';
import { TrashController } from './presentation/TrashController';

export const projectModule: AtriumModule = {
  name: 'project',
  services: {
    projects: SqlProjectRepository,
    projectQueries: SqlProjectQueries,
    projectRules: ProjectRules,
    createProject: CreateProject,
    updateProject: UpdateProject,
    deleteProject: DeleteProject,
    restoreProject: RestoreProject,
    tasks: SqlTaskRepository,
    storedTaskQueries: SqlTaskQueries,
    taskQueries: CachedTaskQueries,
    taskReferences: SqlTaskReferences,
    taskRules: TaskRules,
    taskWatchers: SqlTaskWatchers,
    taskHistory: TaskHistory,
    taskWords: SqlTaskWords,
    storedTaskStatistics: SqlTaskStatistics,
    taskStatistics: CachedTaskStatistics,
    readStatistics: ReadStatistics,
    dueTasks: SqlDueTasks,
    deletedWork: SqlDeletedWork,
    deletedWorkQueries: SqlDeletedWorkQueries,
    createTask: CreateTask,
    changeTask: ChangeTask,
    changeTasks: ChangeTasks,
    moveTask: MoveTask,
    watchTask: WatchTask,
    deleteTask: DeleteTask,
    bringTaskBack: BringTaskBack,
    restoreTask: RestoreTask,
    labelRepository: SqlLabelRepository,
    labelQueries: SqlLabelQueries,
    createLabel: CreateLabel,
    updateLabel: UpdateLabel,
    deleteLabel: DeleteLabel,
  },
  controllers: [
    ProjectController,
    TaskController,
    TaskBoardController,
    LabelController,
    StatisticsController,
    TrashController,
  ],
  events: [
    projectCreated,
    projectUpdated,
    projectDeleted,
    projectRestored,
    taskCreated,
    taskUpdated,
    taskDeleted,
    taskRestored,
    taskDueSoon,
    labelCreated,
    labelUpdated,
    labelDeleted,
  ],
  handlers: [
    DeleteTasksOnProjectDeleted,
    NotifyAssigneeOnTaskAssigned,
    NotifyPeopleOnTaskDueSoon,
    ReleaseWorkOnMemberLeft,
    TranslateTasksOnWorkspaceUpdated,
  ],
  jobs: [PurgeDeletedTasks, RemindOfDueTasks],
  permissions: projectPermissions,
  notificationKinds: taskKinds,
  models: [],
  migrations: [
    createProjects,
    createReminders,
    indexStatistics,
    renameColor,
    indexDeletedWork,
    separateWords,
    rewriteWords,
    keepLiveWork,
  ],
  exports: projectExports,
};
