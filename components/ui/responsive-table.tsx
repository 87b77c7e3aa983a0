import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type ResponsiveTableProps = {
  /** For screen readers only. */
  caption: string
  columns: string[]
  children: ReactNode
}

/** Becomes a list of blocks on narrow screens, so each cell has to make sense without its column heading. */
export function ResponsiveTable({ caption, columns, children }: ResponsiveTableProps) {
  return (
    <table className="w-full max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-md:sr-only">
        <tr className="text-left text-quiet text-small">
          {columns.map((name) => (
            <th key={name} scope="col" className="pr-4 pb-2 font-normal last:pr-0">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">{children}</tbody>
    </table>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <tr className="border-line border-t align-top max-md:grid max-md:grid-cols-1 max-md:py-3">{children}</tr>
  )
}

export function Cell({ className = '', children }: { className?: string; children: ReactNode }) {
  return <td className={`wrap-anywhere md:py-3 md:pr-4 md:last:pr-0 ${className}`}>{children}</td>
}

/** Quieter than a TextLink, because every row has one. */
export function CellLink(props: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      {...props}
      className="rounded-sm underline decoration-1 decoration-edge underline-offset-4 hover:text-accent hover:decoration-2 hover:decoration-accent"
    />
  )
}
