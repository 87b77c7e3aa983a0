import { useState } from 'react'
import type { ListPart, TaskView } from './task-view.ts'

/** `opened` is the task at the time when its editor opened; undefined if it was already deleted. */
export type OpenEditor = { id: string; opened: TaskView | undefined }

type Row = { id: string; task: TaskView | undefined; editor: OpenEditor | undefined }

type OpenEditorsOptions = {
  /** Another part closes all editors. */
  part: ListPart
  /** The tasks whose editors are open at first. */
  editedIds: string[]
}

/**
 * Merges tasks and open editors into rows. An editor stays in its place when its task is deleted, so that no typed text is
 * lost.
 */
export function useOpenEditors(tasks: TaskView[], { part, editedIds }: OpenEditorsOptions) {
  const [editors, setEditors] = useState<OpenEditor[]>(
    editedIds.map((editedId) => ({ id: editedId, opened: tasks.find(({ id }) => id === editedId) })),
  )
  /** The last closed editor, whose row takes the focus. */
  const [closedId, setClosedId] = useState<string>()
  const [page, setPage] = useState(part.cursor)

  if (page !== part.cursor) {
    setPage(part.cursor)
    setEditors([])
    setClosedId(undefined)
  }

  function open(task: TaskView) {
    setEditors((all) => [...all, { id: task.id, opened: task }])
  }

  function close(id: string) {
    setEditors((all) => all.filter((editor) => editor.id !== id))
    setClosedId(id)
  }

  const present = tasks.map((task) => ({
    id: task.id,
    task,
    editor: editors.find(({ id }) => id === task.id),
  }))
  const gone = editors
    .filter((editor) => !tasks.some(({ id }) => id === editor.id))
    .map((editor) => ({ id: editor.id, task: undefined, editor }))
  // Version 7 UUIDs sort by time: newest first, as in the list.
  const rows: Row[] = [...present, ...gone].sort((a, b) => (a.id < b.id ? 1 : -1))
  return { rows, open, close, closedId }
}
