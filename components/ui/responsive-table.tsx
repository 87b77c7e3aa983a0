import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type ResponsiveTableProps = {
  /** What the table holds; heard, not seen. */
  caption: string
  columns: string[]
  /** Rows. */
  children: ReactNode
}

/** A table that becomes a list of blocks where it does not fit: what its cells say has to be clear without the headings. */
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

/** A link in a cell: quieter than one within text, since every row has some. */
export function CellLink(props: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      {...props}
      className="rounded-sm underline decoration-1 decoration-edge underline-offset-4 hover:text-accent hover:decoration-2 hover:decoration-accent"
    />
  )
}
