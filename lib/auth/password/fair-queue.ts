/**
 * A queue that takes turns instead of serving in order of arrival. Each item has a path, such as network and account:
 * the first parts take turns with each other, and within each of them the second parts do, and so on.
 */
export class FairQueue<T> {
  /** The next one to be served comes first. */
  readonly #children = new Map<string, FairQueue<T>>()
  #items: T[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  add(item: T, [head, ...rest]: readonly string[]): void {
    this.#size++
    if (head === undefined) {
      this.#items.push(item)
      return
    }
    const child = this.#children.get(head) ?? new FairQueue<T>()
    this.#children.set(head, child)
    child.add(item, rest)
  }

  /** Removes and returns the item whose turn it is. */
  take(): T | undefined {
    if (this.#size === 0) return undefined
    this.#size--
    const [next] = this.#children
    if (!next) return this.#items.shift()
    const [head, child] = next
    const item = child.take()
    this.#children.delete(head)
    if (child.size > 0) this.#children.set(head, child)
    return item
  }

  /** @returns whether the item was still waiting */
  remove(item: T, [head, ...rest]: readonly string[]): boolean {
    const child = head === undefined ? undefined : this.#children.get(head)
    const others = this.#items.filter((other) => other !== item)
    const isRemoved = child ? child.remove(item, rest) : others.length < this.#items.length
    if (!isRemoved) return false
    this.#size--
    this.#items = others
    if (head !== undefined && child?.size === 0) this.#children.delete(head)
    return true
  }

  /** Counts the items that would be served before one that is added now. */
  countAhead([head, ...rest]: readonly string[]): number {
    if (head === undefined) return this.#items.length
    const ownTurns = (this.#children.get(head)?.countAhead(rest) ?? 0) + 1
    let ahead = ownTurns - 1
    let turns = ownTurns
    for (const [name, { size }] of this.#children) {
      // Those behind in the ring get one turn less until then.
      if (name === head) turns = ownTurns - 1
      else ahead += Math.min(size, turns)
    }
    return ahead
  }
}
