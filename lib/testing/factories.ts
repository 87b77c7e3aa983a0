import { randomUUID } from 'node:crypto'
import type { Actor, Client, Operator } from '#lib/actor.ts'
import { operatorOf } from '#lib/actor.ts'
import { hashPassword } from '#lib/auth/password/hash-password.ts'
import { type SignIn, startSession } from '#lib/auth/session/start-session.ts'
import { db } from '#lib/db/client.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import type { NewTask } from '#lib/tasks/schema.ts'
import type { Task } from '#lib/tasks/task.ts'

export const PASSWORD = 'Sunny-day7'

export type TestUser = { id: string; email: string; hash: string; changedAt: Date }

export function makeClient(own: Partial<Client> = {}): Client {
  const ipAddress = own.ipAddress ?? '203.0.113.9'
  return { ipAddress, network: ipAddress, userAgent: 'vitest', requestId: randomUUID(), ...own }
}

export function makeSignIn(own: Partial<SignIn> = {}): SignIn {
  return { client: makeClient(), transport: 'bearer', persistent: true, now: new Date(), ...own }
}

export async function createUser(own: { email?: string; password?: string } = {}): Promise<TestUser> {
  const stored = await hashPassword(own.password ?? PASSWORD)
  const email = own.email ?? `${randomUUID()}@example.com`
  const changedAt = new Date()
  const password = { create: { ...stored, changedAt } }
  const { id } = await db().user.create({ data: { email, password } })
  return { id, email, hash: stored.hash, changedAt }
}

/** Starts a session without a sign-in, so it leaves no event. */
export async function createSession(user: TestUser, own: Partial<SignIn> = {}) {
  const started = await db().$transaction((tx) =>
    startSession(tx, { userId: user.id, passwordChangedAt: user.changedAt, signIn: makeSignIn(own) }),
  )
  if (!started.ok) throw new Error(started.error.code)
  return started.value
}

/** The actor of a new account. */
export async function createActor(role: Actor['role'] = 'user'): Promise<Actor> {
  const user = await createUser()
  if (role === 'admin') await db().user.update({ where: { id: user.id }, data: { role } })
  return { userId: user.id, sessionId: randomUUID(), role, client: makeClient() }
}

export async function createOperator(): Promise<Operator> {
  return operatorOf(await createActor('admin'))
}

export async function makeTask(actor: Actor, task: NewTask): Promise<Task> {
  const created = await createTask(actor, task, { now: new Date() })
  if (!created.ok) throw new Error(created.error.code)
  return created.value
}

/** Oldest first. */
export function allEvents() {
  return db().authEvent.findMany({ orderBy: { id: 'asc' } })
}

/** All events, oldest first, in short: `login_failed wrong_password`. */
export async function eventNames(): Promise<string[]> {
  const events = await allEvents()
  return events.map(({ eventType, failureReason }) => [eventType, failureReason].filter(Boolean).join(' '))
}
