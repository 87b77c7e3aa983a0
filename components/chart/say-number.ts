const format = new Intl.NumberFormat('en')

/** A count with its thousands apart: "12,345". */
export function sayNumber(count: number): string {
  return format.format(count)
}
