type Children<T> = Map<string, FairQueue<T>>

/**
 * A queue that takes turns instead of serving in order of arrival. Each item has a path, such as network and account:
 * the first parts take turns with each other, and within each of them the second parts do, and so on. A part that had
 * nothing waiting goes ahead of those that keep items waiting (RFC 8290, 4.2), unless one of these has waited its round.
 */
export class FairQueue<T> {
  readonly #newcomers: Children<T> = new Map()
  /** Those that were served and still have items. The next one comes first. */
  readonly #round: Children<T> = new Map()
  #items: T[] = []
  #size = 0
  #turns = 0
  /** The turn of the parent in which it came or was last served. */
  #since = 0

  get size(): number {
    return this.#size
  }

  add(item: T, [head, ...rest]: readonly string[]): void {
    this.#size++
    if (head === undefined) {
      this.#items.push(item)
      return
    }
    const waiting = this.#find(head)
    const child = waiting ?? new FairQueue<T>()
    if (!waiting) {
      child.#since = this.#turns
      this.#newcomers.set(head, child)
    }
    child.add(item, rest)
  }

  /** Removes and returns the item whose turn it is. */
  take(): T | undefined {
    if (this.#size === 0) return undefined
    this.#size--
    const [newcomer] = this.#newcomers
    const [first] = this.#round
    const next = first && newcomer && this.#isDue(first[1], newcomer[1]) ? first : (newcomer ?? first)
    if (!next) return this.#items.shift()
    const [head, child] = next
    const item = child.take()
    child.#since = ++this.#turns
    this.#drop(head)
    if (child.size > 0) this.#round.set(head, child)
    return item
  }

  /** @returns whether the item was still waiting */
  remove(item: T, [head, ...rest]: readonly string[]): boolean {
    const child = head === undefined ? undefined : this.#find(head)
    const others = this.#items.filter((other) => other !== item)
    const isRemoved = child ? child.remove(item, rest) : others.length < this.#items.length
    if (!isRemoved) return false
    this.#size--
    this.#items = others
    if (head !== undefined && child?.size === 0) this.#drop(head)
    return true
  }

  /** Estimates how many items are served before one that is added now. */
  countAhead([head, ...rest]: readonly string[]): number {
    if (head === undefined) return this.#items.length
    const own = this.#find(head)
    if (!own) return this.#newcomers.size
    const turns = own.countAhead(rest) + 1
    let ahead = turns - 1
    for (const child of [...this.#newcomers.values(), ...this.#round.values()]) {
      if (child !== own) ahead += Math.min(child.size, turns)
    }
    return ahead
  }

  /** Whether a part was served before the newcomer came, and has waited for twice as long as its round takes. */
  #isDue(child: FairQueue<T>, newcomer: FairQueue<T>): boolean {
    const others = this.#newcomers.size + this.#round.size - 1
    return child.#since <= newcomer.#since && this.#turns - child.#since > 2 * others
  }

  #drop(head: string): void {
    this.#newcomers.delete(head)
    this.#round.delete(head)
  }

  #find(head: string): FairQueue<T> | undefined {
    return this.#newcomers.get(head) ?? this.#round.get(head)
  }
}
