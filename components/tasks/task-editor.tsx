import type { ReactNode } from 'react'

type TaskEditorProps = {
  /** A TextField "Title". */
  title: ReactNode
  /** A TextArea "Description". */
  description: ReactNode
  /** Buttons "Save" and "Cancel". */
  buttons: ReactNode
}

/** The layout of the form that edits a task, in the place of its row. */
export function TaskEditor({ title, description, buttons }: TaskEditorProps) {
  return (
    <div className="my-2 grid gap-4 rounded-xl bg-wash p-4">
      {title}
      {description}
      <div className="flex flex-wrap gap-2">{buttons}</div>
    </div>
  )
}
