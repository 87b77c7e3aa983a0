import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Queues a mail in a process of its own, as another server process would. */
export async function queueMail(to: string, settings: Record<string, string>): Promise<void> {
  const [client, queue] = ['../../lib/db/client.ts', '../../lib/mail/queue-mail.ts'].map((file) =>
    JSON.stringify(new URL(file, import.meta.url).href),
  )
  const script = `
    const { db, closeDb } = await import(${client})
    const { queueMail } = await import(${queue})
    const mail = { kind: 'password_reset', to: ${JSON.stringify(to)}, userId: null, values: { token: 'the-token' } }
    await db().$transaction((tx) => queueMail(tx, mail))
    await closeDb()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, APP_URL: 'https://tasks.example.org', ...settings },
  })
}
