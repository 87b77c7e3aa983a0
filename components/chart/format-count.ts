const format = new Intl.NumberFormat('en')

/** A count with its thousands apart: "12,345". */
export function formatCount(count: number): string {
  return format.format(count)
}
