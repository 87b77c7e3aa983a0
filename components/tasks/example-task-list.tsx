import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { daysBefore } from '#lib/time.ts'
import { AddTaskLayout } from './add-task-layout.tsx'
import { StaticTaskRow } from './static-task-row.tsx'
import { TaskList } from './task-list.tsx'
import type { TaskView } from './task-view.ts'

const TASKS: (Omit<TaskView, 'id' | 'createdAt'> & { daysAgo: number })[] = [
  { title: 'Ask Ines about the train times', daysAgo: 0 },
  {
    title: 'Renew the passport',
    description: 'Two photos, the old passport, 40 euros in coins.',
    daysAgo: 0,
  },
  { title: 'Return the drill to Mr Okafor', completed: true, daysAgo: 1 },
  { title: 'Find out why the boiler hums', daysAgo: 3 },
  { title: 'Book a table for six', completed: true, daysAgo: 4 },
]

/** A static picture of the task list, hidden from assistive technology and the keyboard. */
export function ExampleTaskList() {
  const now = new Date()
  return (
    <div aria-hidden="true" inert className="rounded-2xl border border-line bg-surface p-5 sm:p-7">
      <p className="mb-5 font-medium text-title">Tasks</p>
      <AddTaskLayout
        field={<TextField name="example" label="New task" autoComplete="off" />}
        button={<Button type="button">Add task</Button>}
      />
      <div className="mt-4">
        <TaskList>
          {TASKS.map(({ daysAgo, ...task }) => (
            <StaticTaskRow
              key={task.title}
              {...task}
              createdAt={daysBefore(now, daysAgo).toISOString()}
              now={now.toISOString()}
            />
          ))}
        </TaskList>
      </div>
    </div>
  )
}
