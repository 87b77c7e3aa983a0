import { TextField } from '#components/ui/text-field.tsx'
import { AddTaskButton, AddTaskLayout } from './add-task-layout.tsx'
import { StaticTaskRow } from './static-task-row.tsx'
import { TaskList } from './task-list.tsx'
import type { TaskView } from './task-view.ts'

const TASKS: Omit<TaskView, 'id'>[] = [
  { title: 'Ask Ines about the train times', due: '09:30', labels: ['phone'] },
  { title: 'Book a table for six', due: '19:00', priority: 3 },
  {
    title: 'Renew the passport',
    description: 'Two photos, the old passport, 40 euros in coins.',
    list: 'Errands',
    priority: 1,
  },
  { title: 'Find out why the boiler hums', list: 'Home' },
  { title: 'Return the drill to Mr Okafor', completed: true },
]

/** A static picture of the task list, hidden from assistive technology and the keyboard. */
export function ExampleTaskList() {
  return (
    <div aria-hidden="true" inert className="rounded-2xl border border-line bg-surface p-5 sm:p-7">
      <p className="mb-4 font-medium text-title">Today</p>
      <AddTaskLayout
        field={<TextField name="example" label="New task" placeholder="New task" autoComplete="off" />}
        button={<AddTaskButton type="button" />}
      />
      <div className="mt-4">
        <TaskList>
          {TASKS.map((task) => (
            <StaticTaskRow key={task.title} task={task} />
          ))}
        </TaskList>
      </div>
    </div>
  )
}
