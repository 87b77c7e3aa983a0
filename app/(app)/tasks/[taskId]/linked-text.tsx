import { PlainLink } from '#components/ui/text-link.tsx'
import { splitLinks } from '#lib/tasks/split-links.ts'

/** The description of a task with its links. `rel` names what a user typed, not this site. */
export function LinkedText({ text }: { text: string }) {
  return (
    <p dir="auto" className="wrap-anywhere max-w-prose whitespace-pre-line">
      {splitLinks(text).map(({ text: part, href }, index) =>
        href ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other key
          <PlainLink key={index} href={href} rel="noopener nofollow" target="_blank">
            {part}
          </PlainLink>
        ) : (
          part
        ),
      )}
    </p>
  )
}
