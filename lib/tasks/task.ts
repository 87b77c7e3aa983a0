export const TASK_COLUMNS = {
  id: true,
  userId: true,
  title: true,
  description: true,
  completedAt: true,
  createdAt: true,
  updatedAt: true,
  version: true,
} as const

export type Task = {
  id: string
  userId: string
  title: string
  description: string | null
  completedAt: Date | null
  createdAt: Date
  updatedAt: Date
  version: number
}
