'use client'

import { useOptimistic, useState } from 'react'
import { FormProblems } from '#components/form/form-problems'
import { TaskList } from '#components/tasks/task-list'
import { EmptyState } from '#components/ui/empty-state'
import { type FormState, hasFailed, UNSENT } from '#lib/form-state'
import { AddTaskForm } from './add-task-form'
import { DeletedNotice } from './deleted-notice'
import { TaskItem } from './task-item'
import type { TaskView } from './task-view'

type TaskBoardProps = {
  tasks: TaskView[]
  /** The server's clock, ISO 8601. */
  now: string
  cursor: string | undefined
  /** The task whose editor is open from the start: how "Edit" works without JavaScript. */
  editedId: string | undefined
  deleted: { id: string; title: string } | null
}

/** The list with everything that can be done to it. What was done shows at once; the server's answer has the last word. */
export function TaskBoard({ tasks, now, cursor, editedId, deleted: deletedAtFirst }: TaskBoardProps) {
  const [shown, addOptimistically] = useOptimistic(tasks, (list, added: TaskView) => [added, ...list])
  const [deleted, setDeleted] = useState(deletedAtFirst)
  const [problem, setProblem] = useState<FormState>(UNSENT)

  return (
    <>
      <title>{`${hasFailed(problem) ? 'Error: ' : ''}Tasks – Taskward`}</title>
      <div className="grid gap-5">
        <FormProblems state={problem} />
        <AddTaskForm onAdd={addOptimistically} onProblem={setProblem} now={now} />
        {deleted && (
          <DeletedNotice
            key={deleted.id}
            task={deleted}
            cursor={cursor}
            onRestored={() => setDeleted(null)}
            onProblem={setProblem}
          />
        )}
        {shown.length > 0 ? (
          <TaskList>
            {shown.map((task) => (
              <TaskItem
                key={task.id}
                task={task}
                now={now}
                cursor={cursor}
                isEditedAtFirst={task.id === editedId}
                onDeleted={() => setDeleted(task)}
                onProblem={setProblem}
              />
            ))}
          </TaskList>
        ) : (
          <EmptyState title={cursor ? 'No older tasks' : 'Nothing to do yet'}>
            {cursor ? 'You have seen them all.' : 'Write down your first task above, then choose “Add task”.'}
          </EmptyState>
        )}
      </div>
    </>
  )
}
