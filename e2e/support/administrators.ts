import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { root } from '../../scripts/setup/root.ts'
import { blankSettings } from '../../scripts/setup/settings.ts'
import { type Account, signUp } from './api.ts'
import { logInAs } from './sessions.ts'
import { query } from './sql.ts'

/** Runs `npm run admin -- …` against the run's database. @returns its output */
export async function runAdminCommand(...words: string[]): Promise<string> {
  const shared: Record<string, string> = JSON.parse(process.env.TASKWARD_E2E_SETTINGS ?? '{}')
  const child = spawn(process.execPath, ['scripts/admin.ts', ...words], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...blankSettings(), ...shared },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = await Promise.all([text(child.stdout), text(child.stderr)])
  return printed.join('').trim()
}

/** Signs up an account and makes it an administrator. */
export async function createAdmin(options?: Parameters<typeof signUp>[0]): Promise<Account> {
  const account = await signUp(options)
  await setRole(account, 'admin')
  return account
}

/** Logs in to the account of a new administrator. */
export async function logInAsAdmin(page: Page, options: { path?: string | null } = {}): Promise<Account> {
  const admin = await createAdmin()
  await logInAs(page, admin, options)
  return admin
}

/** Changes a role in the database, without an administrator and an event. */
export async function setRole({ userId }: Account, role: 'user' | 'admin'): Promise<void> {
  await query('UPDATE users SET role = $2::"Role" WHERE id = $1', [userId, role])
}
