import { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { deleteList } from '#lib/tasks/lists/delete-list.ts'
import { getLists } from '#lib/tasks/lists/get-lists.ts'
import { updateList } from '#lib/tasks/lists/update-list.ts'

const id = z.string().optional()
const buttons = z.object({ up: id, down: id, archive: id, restore: id, delete: id })

/** The name of a button of the page of lists. */
export type ListChange = keyof z.output<typeof buttons>

/** The button that sent the form: its name is the change, its value the id of the list. */
export const listChangeSchema = buttons.transform((sent, context) => {
  for (const change of buttons.keyof().options) {
    const listId = sent[change]
    if (listId !== undefined) return { change, listId }
  }
  context.addIssue('Choose a button of a list.')
  return z.NEVER
})

export async function changeList(
  actor: Actor,
  { change, listId }: z.output<typeof listChangeSchema>,
  now: Date,
) {
  switch (change) {
    case 'delete':
      return deleteList(actor, listId, { now })
    case 'archive':
    case 'restore':
      return updateList(actor, listId, { changes: { isArchived: change === 'archive' }, now })
    case 'up':
    case 'down':
      return updateList(actor, listId, { changes: { afterId: await findPlace(actor, listId, change) }, now })
  }
}

/** The list to come after, among those that are not archived. @returns undefined where there is none to change places with */
async function findPlace(
  actor: Actor,
  listId: string,
  way: 'up' | 'down',
): Promise<string | null | undefined> {
  const lists = (await getLists(actor)).filter(({ archivedAt }) => archivedAt === null)
  const index = lists.findIndex((list) => list.id === listId)
  if (way === 'down') return lists[index + 1]?.id
  return index > 0 ? (lists[index - 2]?.id ?? null) : undefined
}
