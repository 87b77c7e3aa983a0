import { isVisible } from '#lib/visible-text.ts'
import { toNfc } from '../to-nfc.ts'
import type { Token } from './quick-task.ts'
import { QUOTES, type Word } from './split-words.ts'

const LIST_MAX_LENGTH = 100
const LABEL_MAX_LENGTH = 50

/** A name begins with a letter or a symbol: "#12" is a number. In quotes it may be any text. */
const NAME = new RegExp(
  `^(?:[${QUOTES}](?<quoted>[^${QUOTES}]+)[${QUOTES}]|(?<plain>[\\p{L}\\p{So}_][^${QUOTES}]*?))[,;:.!?]?$`,
  'u',
)

/** "(for #Home)" is a part of the title. */
const ENDS_ASIDE = /^[^([]*[)\]]/

const PRIORITIES: Record<string, number> = { p1: 1, '!!!': 1, p2: 2, '!!': 2, p3: 3, '!': 3 }

type Mark = Extract<Token, { kind: 'list' | 'label' | 'priority' }>

/** Reads a word that is a list, a label or a priority. */
export function readMark({ text, key }: Word): Mark | null {
  if (text.startsWith('#')) return readName('list', text, LIST_MAX_LENGTH)
  if (text.startsWith('@')) return readName('label', text, LABEL_MAX_LENGTH)
  const name = key.replace(/[,;:.]$/, '')
  const priority = Object.hasOwn(PRIORITIES, name) ? PRIORITIES[name] : undefined
  return priority === undefined ? null : { kind: 'priority', value: priority }
}

function readName(kind: 'list' | 'label', text: string, maxLength: number): Mark | null {
  const { quoted, plain } = NAME.exec(text.slice(1))?.groups ?? {}
  if (plain && ENDS_ASIDE.test(plain)) return null
  // As the label of a form.
  const value = toNfc((quoted ?? plain ?? '').trim(), maxLength)
  return isVisible(value) && [...value].length <= maxLength ? { kind, value } : null
}
