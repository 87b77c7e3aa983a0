import type { TaskWriter } from './write-tasks.ts'

/** Whether a task can be in this list: the Inbox, or one that is not deleted. */
export async function isLiveList({ lists }: TaskWriter, listId: unknown): Promise<boolean> {
  if (typeof listId !== 'string') return true
  const list = await lists.find(listId)
  return list !== null && list.deletedAt === null
}
