import { useState } from 'react'
import { closeEditor, forgetTicked, type Kept, keepTicked, keptIn, openEditor } from './kept-rows.ts'
import { type PlacedRow, pinOf, placeRows } from './place-rows.ts'
import { pathOf, type TaskGroup, type TaskPlace, type TaskView } from './task-view.ts'

/** `opened` is the task at the time when its editor opened; undefined if it was already deleted. */
export type OpenEditor = { id: string; opened: TaskView | undefined }

type Row = PlacedRow & { editor: OpenEditor | undefined }

type PlacedRowsOptions = {
  /** Another place forgets what stayed, and closes all editors. */
  place: TaskPlace
  /** The tasks whose editors are open at first. */
  editedIds: string[]
}

/**
 * The rows of the list. A ticked task stays in its place, so that the list does not move under the pointer and a wrong
 * tick is taken back where it was made. An editor stays when its task is deleted, so that no typed text is lost.
 */
export function usePlacedRows(groups: TaskGroup[], { place, editedIds }: PlacedRowsOptions) {
  const path = pathOf(place)
  const [stored, setStored] = useState<Kept>(() => ({
    path,
    editors: editedIds.map((id) => pinOf(placeRows(groups, []), id)),
    ticked: [],
  }))
  const kept = keptIn(path, stored)
  if (kept !== stored) setStored(kept)
  const { editors, ticked, closedId } = kept

  const placed = placeRows(groups, [...ticked, ...editors])
  const find = (id: string) => [...ticked, ...editors].find((pin) => pin.id === id) ?? pinOf(placed, id)
  const rows = placed
    .map((row): Row => {
      const editor = editors.find(({ id }) => id === row.id)
      const done = ticked.find(({ id }) => id === row.id)?.task
      const task = row.task ?? (done && { ...done, completed: true as const })
      return { ...row, task, editor: editor && { id: editor.id, opened: editor.task } }
    })
    .filter(({ task, editor }) => task ?? editor)

  return {
    rows,
    closedId,
    open: (id: string) => setStored((all) => openEditor(path, all, find(id))),
    close: (id: string) => setStored((all) => closeEditor(path, all, id)),
    keep: (id: string) => setStored((all) => keepTicked(path, all, find(id))),
    forget: (id: string) => setStored((all) => forgetTicked(path, all, id)),
  }
}
