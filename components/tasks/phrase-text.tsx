import type { Phrase } from '#lib/tasks/journal/words/phrase.ts'

/** Names have their own direction: one from right to left leaves the sentence around it as it is. */
export function PhraseText({ phrase }: { phrase: Phrase }) {
  return phrase.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other key
    typeof part === 'string' ? part : <bdi key={index}>{part.name}</bdi>,
  )
}
