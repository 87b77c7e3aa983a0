import Link from 'next/link'
import type { ListChange } from '#app/(app)/tasks/lists/list-change.ts'
import { formButton } from '#components/form/form-button.ts'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { RenameListForm } from './rename-list-form.tsx'

export type ListView = {
  id: string
  name: string
  /** Of its open tasks. */
  count: number
  isArchived: boolean
}

export const LISTS_FORM = 'change-list'

const TEXTS: Record<ListChange, string> = {
  up: 'Move up',
  down: 'Move down',
  archive: 'Archive',
  restore: 'Restore',
  delete: 'Delete',
}

type ListRowProps = {
  list: ListView
  sender: FormSender
  isFirst: boolean
  isLast: boolean
  /** Runs after a change, with the name of its button. */
  onDone: (change: ListChange) => void
}

export function ListRow({ list, sender, isFirst, isLast, onDone }: ListRowProps) {
  const { id, name, count, isArchived } = list
  const button = (change: ListChange, isDisabled = false) => (
    <button
      type="submit"
      {...formButton({ form: LISTS_FORM, name: change, value: id }, { sender, onDone: () => onDone(change) })}
      aria-label={`${TEXTS[change]}: ${name}`}
      disabled={isDisabled}
    >
      {change === 'up' ? '↑' : change === 'down' ? '↓' : TEXTS[change]}
    </button>
  )
  return (
    <li className="list-row">
      <Link href={`/tasks?list=${id}`} prefetch={false}>
        <bdi>{name}</bdi> {count > 0 && <span>{count}</span>}
      </Link>
      <div>
        {!isArchived && button('up', isFirst)}
        {!isArchived && button('down', isLast)}
        {button(isArchived ? 'restore' : 'archive')}
        {button('delete')}
      </div>
      <RenameListForm id={id} name={name} />
    </li>
  )
}
