/** Each text completes "This one is …". */
export const WEAKNESSES = {
  listed: 'on lists of common passwords',
  owner: 'built on your name or email address',
  product: 'built on the name Taskward',
  calendar: 'built on a season, a month or a day',
  repetition: 'built on repeated characters',
  keyboard: 'built on neighbouring keys',
  sequence: 'built on letters or digits in order',
  common_word: 'built on a common word or password',
  date: 'built on a year or a date',
  short_pattern: 'built on a short pattern',
} as const

export type Weakness = keyof typeof WEAKNESSES

export type WeakPassword = { code: 'WEAK_PASSWORD'; weakness: Weakness }

export function describeWeakness(weakness: Weakness): string {
  return `Choose a password that is harder to guess: this one is ${WEAKNESSES[weakness]}.`
}
