import Bowser from 'bowser'

/** A user agent in words that people know: "Firefox on Linux"; the program's own name for what is no browser. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const { browser, os } = Bowser.parse(userAgent)
  const program = /^[\w.-]{1,40}/.exec(userAgent)?.[0]
  // What it does not know, the parser names by the user agent's own first words, however many there are.
  const name = browser.name && !userAgent.startsWith(browser.name) ? browser.name : program
  if (name && os.name) return `${name} on ${os.name}`
  return name || os.name || 'Unknown device'
}
