import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Adds variables to the text of an env file, whose other lines stay as they are. A later line wins over an earlier one. */
export function withVariables(text: string, variables: Record<string, string>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${separator}${lines.join('')}`
}

/** Adds variables to an env file that only its owner may read (mode 0600). The file is complete at every moment. */
export function addToEnvFile(file: string, variables: Record<string, string>): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, withVariables(text, variables), { mode: 0o600 })
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}
