import Link from 'next/link'

type ViewSwitchProps = {
  /** What is switched: the accessible name. */
  name: string
  views: { text: string; href: string; isShown: boolean }[]
}

/** Links to the views of one thing, of which one is shown. */
export function ViewSwitch({ name, views }: ViewSwitchProps) {
  return (
    <nav aria-label={name} className="view-switch">
      {views.map(({ text, href, isShown }) => (
        <Link key={text} href={href} prefetch={false} aria-current={isShown || undefined}>
          {text}
        </Link>
      ))}
    </nav>
  )
}
