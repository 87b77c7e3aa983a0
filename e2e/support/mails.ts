import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { root } from '../../scripts/setup/root.ts'

const FOLDER = join(root, '.data', 'mail')

/** Waits for the newest mail of a kind to an address. @returns its text, in which long lines are whole again */
export async function readMail(kind: string, email: string): Promise<string> {
  let mail: string | undefined
  await expect
    .poll(async () => {
      mail = await findMail(kind, email)
      return mail
    })
    .toBeDefined()
  return String(mail)
}

/** The newest comes first, so that few of the many files are read. */
async function findMail(kind: string, email: string): Promise<string | undefined> {
  const names = (await readdir(FOLDER).catch(() => [])).filter((name) => name.includes(`-${kind}-`))
  for (const name of names.sort().reverse()) {
    const text = await readFile(join(FOLDER, name), 'utf8').catch(() => '')
    // Quoted-printable (RFC 2045, 6.7), as far as links need it.
    if (text.includes(`\r\nTo: ${email}\r\n`)) return text.replaceAll('=\r\n', '').replaceAll('=3D', '=')
  }
  return undefined
}

export function linksIn(mail: string): string[] {
  return [...new Set(mail.match(/https?:\/\/[^\s"<]+/g))]
}

/** The path of the only link in a mail. Each server has another origin, and the jobs of any may have sent the mail. */
export function linkPathIn(mail: string): string {
  const link = linksIn(mail).find((url) => url.includes('?token='))
  const { pathname, search } = new URL(String(link))
  return pathname + search
}
