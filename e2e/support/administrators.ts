import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { root } from '../../scripts/setup/root.ts'
import { blankSettings } from '../../scripts/setup/settings.ts'
import { type Account, signUp } from './api.ts'
import { query } from './sql.ts'

/** Runs `npm run admin -- …` against the run's database, as npm would. @returns what it printed */
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

/** A new administrator. */
export async function signUpAdmin(options?: Parameters<typeof signUp>[0]): Promise<Account> {
  const account = await signUp(options)
  await setRole(account, 'admin')
  return account
}

/** Changes a role behind everybody's back. */
export async function setRole({ userId }: Account, role: 'user' | 'admin'): Promise<void> {
  await query('UPDATE users SET role = $2::"Role" WHERE id = $1', [userId, role])
}
