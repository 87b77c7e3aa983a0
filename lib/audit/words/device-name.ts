import Bowser from 'bowser'

/** "Firefox on Linux" for a browser, the program's own name for anything else. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const { browser, os } = Bowser.parse(userAgent)
  const program = /^[\w.-]{1,40}/.exec(userAgent)?.[0]
  // The parser names an unknown browser by the first words of its user agent, however many they are.
  const name = browser.name && !userAgent.startsWith(browser.name) ? browser.name : program
  if (name && os.name) return `${name} on ${os.name}`
  return name || os.name || 'Unknown device'
}
