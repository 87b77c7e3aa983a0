'use client'

import { useState } from 'react'
import { TaskFields, type TaskFieldsProps } from './task-fields.tsx'

/** The form of a task's page. It shows a new version of the task, such as after "Undo", unless the user is typing. */
export function TaskForm(props: Omit<TaskFieldsProps, 'onOutdated'>) {
  const [count, setCount] = useState(0)
  return <TaskFields key={count} {...props} onOutdated={() => setCount(count + 1)} />
}
