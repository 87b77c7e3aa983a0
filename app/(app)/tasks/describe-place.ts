import type { TaskQuery } from './task-query.ts'

type Place = {
  heading: string
  empty: { title: string; text: string }
}

const VIEWS: Record<NonNullable<TaskQuery['view']>, Place> = {
  today: {
    heading: 'Today',
    empty: {
      title: 'Nothing due today',
      text: 'Tasks that are due, overdue or start today appear here. What you add here is due today.',
    },
  },
  upcoming: {
    heading: 'Upcoming',
    empty: {
      title: 'Nothing planned',
      text: 'Tasks with a day after today appear here. What you add here is due tomorrow.',
    },
  },
  inbox: {
    heading: 'Inbox',
    empty: { title: 'Your Inbox is empty', text: 'Tasks that are in no list yet appear here.' },
  },
  done: {
    heading: 'Done',
    empty: { title: 'Nothing done yet', text: 'Tasks that you complete appear here, the latest first.' },
  },
}

const ALL: Place = {
  heading: 'Tasks',
  empty: { title: 'Nothing to do yet', text: 'Write down your first task above, then choose “Add task”.' },
}

/** The words of a page of tasks. @param listName of the list that it shows */
export function describePlace(
  { view, list, label, priority, q, cursor }: TaskQuery,
  listName: string | undefined,
): Place {
  const { heading, empty } = place()
  if (cursor) return { heading, empty: { title: 'No more tasks', text: 'The list ends here.' } }
  if (q || label || priority)
    return { heading, empty: { title: 'No task matches', text: 'Remove a filter to see more.' } }
  return { heading, empty }

  function place(): Place {
    if (view) return VIEWS[view]
    if (list)
      return {
        heading: listName ?? '',
        empty: { title: 'No open tasks in this list', text: 'Add the first one above.' },
      }
    return q ? { ...ALL, heading: 'Search' } : ALL
  }
}
