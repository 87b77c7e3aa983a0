import type { TaskQuery } from './task-query.ts'

type Place = {
  heading: string
  empty: { title: string; text: string; canImport?: boolean }
}

const VIEWS: Record<NonNullable<TaskQuery['view']>, Place> = {
  today: {
    heading: 'Today',
    empty: {
      title: 'Nothing due today',
      text: 'Tasks that are due, overdue or start today appear here. What you add here is due today, such as “Call Ines”.',
    },
  },
  upcoming: {
    heading: 'Upcoming',
    empty: {
      title: 'Nothing planned',
      text: 'Tasks with a day after today appear here. What you add here is due tomorrow, or on the day that you write, as in “Dentist on Friday at 9:30”.',
    },
  },
  inbox: {
    heading: 'Inbox',
    empty: {
      title: 'Your Inbox is empty',
      text: 'Tasks that are in no list yet appear here. Write down whatever comes to mind, such as “Passport photos”.',
    },
  },
  done: {
    heading: 'Done',
    empty: {
      title: 'Nothing done yet',
      text: 'Tick a task, such as “Water the ferns”, and it appears here. The latest is first.',
    },
  },
}

const ALL: Place = {
  heading: 'Tasks',
  empty: {
    title: 'Nothing to do yet',
    text: 'Write down your first task above, such as “Pay the rent every month on the 1st”.',
    canImport: true,
  },
}

const ALL_DONE: Place = {
  heading: ALL.heading,
  empty: {
    title: 'All done',
    text: 'You have completed all your tasks. Add the next one above, such as “Call Ines tomorrow at 9”.',
  },
}

type Shown = {
  /** The name of the list that the page shows. */
  listName: string | undefined
  /** Whether the account has no task at all, open or completed. */
  isUnused: boolean
}

/** The words of a page of tasks. */
export function describePlace(
  { view, list, label, priority, q, cursor }: TaskQuery,
  { listName, isUnused }: Shown,
): Place {
  const { heading, empty } = place()
  if (cursor) return { heading, empty: { title: 'No more tasks', text: 'The list ends here.' } }
  if (q || label || priority) return { heading, empty: { title: 'No task matches', text: hint() } }
  return { heading, empty }

  function hint(): string {
    if (q) return 'Try part of a word: “pass” finds “Renew the passport”.'
    const example = label ? ' A task gets a label by “@”, as in “Call Ines @phone”.' : ''
    return `Remove a filter to see more.${example}`
  }

  function place(): Place {
    if (view) return VIEWS[view]
    if (list)
      return {
        heading: listName ?? '',
        empty: {
          title: 'No open tasks in this list',
          text: 'Write one above, such as “Return the drill tomorrow”: it is added to this list.',
        },
      }
    if (q) return { ...ALL, heading: 'Search' }
    return isUnused ? ALL : ALL_DONE
  }
}
