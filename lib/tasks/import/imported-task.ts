import type { SettableFields } from '../task.ts'

/** A task as a file describes it. */
export type ImportedTask = Omit<SettableFields, 'listId'> & {
  /** The name of the list; null is the Inbox. */
  list: string | null
  /** The day that the repetition counts from. */
  repeatAnchor: string | null
  /** The same for the tasks of one series. */
  series: string | null
  completedAt: Date | null
  createdAt: Date | null
  /** Sorts the tasks of a file that has positions, byte by byte. Others are in the order of the file. */
  position: string | null
}

export type ImportedList = { name: string; archivedAt: Date | null }

/** A row that is left out. */
export type RowProblem = {
  /** The line of a CSV file, or the number of the task in a JSON file, from 1. */
  row: number
  column: string
  /** Continues the name of the column, as in "must not be empty". */
  issue: string
}

export type ReadFile = {
  format: 'todoist' | 'csv' | 'json'
  tasks: ImportedTask[]
  /** Those that the file lists by themselves, in their order. */
  lists: ImportedList[]
  problems: RowProblem[]
}

/** What the meaning of a file depends on. */
export type Reading = {
  now: Date
  /** `YYYY-MM-DD` where the user is. */
  today: string
  /** The zone of the account. */
  timeZone: string
}
