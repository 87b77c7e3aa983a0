import Link from 'next/link'
import type { TaskView } from './task-view.ts'

const PRIORITIES = ['', 'High', 'Medium', 'Low']

/** Due day, repetition, list, labels and priority of a row. Labels and priorities lead to all tasks that have them. */
export function TaskMeta({
  due,
  isOverdue,
  repeats,
  list,
  labels,
  priority,
}: Omit<TaskView, 'id' | 'title'>) {
  if (!due && !repeats && !list && !labels && !priority) return null
  return (
    <div className="task-meta">
      {priority && (
        <Link
          href={`/tasks?priority=${priority}`}
          prefetch={false}
          aria-label={`${PRIORITIES[priority]} priority`}
          className={`priority-${priority}`}
        />
      )}
      {labels?.map((label) => (
        <Link key={label} href={`/tasks?label=${encodeURIComponent(label)}`} prefetch={false} dir="auto">
          {label}
        </Link>
      ))}
      {list && <span dir="auto">{list}</span>}
      {due && <span className={isOverdue && 'overdue'}>{isOverdue ? `Overdue, ${due}` : due}</span>}
      {repeats && <span role="img" title={`Repeats ${repeats}`} className="task-repeats" />}
    </div>
  )
}
