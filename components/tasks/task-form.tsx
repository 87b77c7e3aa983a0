'use client'

import { useEffect, useState } from 'react'
import { CancelForm } from './cancel-edit.tsx'
import { rememberOpened } from './focus-task.ts'
import { CANCEL_FORM, TaskFields, type TaskFieldsProps } from './task-fields.tsx'

/** The form of a task's page. It shows a new version of the task, such as after "Undo", unless the user is typing. */
export function TaskForm(props: Omit<TaskFieldsProps, 'onOutdated'>) {
  const [count, setCount] = useState(0)
  const { task, from } = props
  useEffect(() => rememberOpened({ taskId: task.id, from }), [task.id, from])
  return (
    <>
      <TaskFields key={count} {...props} onOutdated={() => setCount(count + 1)} />
      <CancelForm id={CANCEL_FORM} path={from} />
    </>
  )
}
