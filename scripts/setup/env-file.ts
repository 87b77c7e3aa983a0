import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Adds variables to the text of an env file, whose other lines stay as they are. A later line wins over an earlier one. */
export function withVariables(text: string, variables: Record<string, string>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${separator}${lines.join('')}`
}

/** The text of an env file with another value for a variable that it has; null if it has none. */
export function withNewValue(text: string, name: string, change: (value: string) => string): string | null {
  const line = new RegExp(`^(\\s*(?:export\\s+)?${name}\\s*=\\s*)(["']?)([^"'\\n]+)\\2[ \\t]*$`, 'm')
  if (!line.test(text)) return null
  return text.replace(
    line,
    (_, start: string, quote: string, value: string) => start + quote + change(value) + quote,
  )
}

export function addToEnvFile(file: string, variables: Record<string, string>): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  writeEnvFile(file, withVariables(text, variables))
}

/** Writes an env file that only its owner may read. The file is complete at every moment. */
export function writeEnvFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}
