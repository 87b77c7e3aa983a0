import Bowser from 'bowser'

/** A user agent in words that people know: "Firefox on Linux"; the program's own name for what is no browser. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device'
  const { browser, os } = Bowser.parse(userAgent)
  if (browser.name && os.name) return `${browser.name} on ${os.name}`
  const program = /^[\w.-]{1,40}/.exec(userAgent)?.[0]
  return browser.name || os.name || program || 'Unknown device'
}
