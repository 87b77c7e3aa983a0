type Children<T> = Map<string, FairQueue<T>>

/**
 * Serves items in turn. Each has a path, such as network and account: first parts take turns, below them second parts.
 * A part without waiting items goes first (RFC 8290, 4.2), unless another one has waited longer than its round.
 */
export class FairQueue<T> {
  readonly #newcomers: Children<T> = new Map()
  readonly #round: Children<T> = new Map()
  #items: T[] = []
  #size = 0
  #turns = 0
  /** The parent's turn in which this part arrived or was last served. */
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

  /** All items, in the order in which `take` would return them if no others came. */
  inOrder(): T[] {
    const copy = this.#copy()
    const items: T[] = []
    for (let item = copy.take(); item !== undefined; item = copy.take()) items.push(item)
    return items
  }

  countAhead([head, ...rest]: readonly string[]): number {
    if (head === undefined) return this.#size
    const own = this.#find(head)
    if (!own) return this.#newcomers.size
    const turns = own.countAhead(rest) + 1
    let ahead = turns - 1
    for (const child of [...this.#newcomers.values(), ...this.#round.values()]) {
      if (child !== own) ahead += Math.min(child.size, turns)
    }
    return ahead
  }

  /** True if the part was served before the newcomer arrived, and has waited twice as long as a round takes. */
  #isDue(child: FairQueue<T>, newcomer: FairQueue<T>): boolean {
    const others = this.#newcomers.size + this.#round.size - 1
    return child.#since <= newcomer.#since && this.#turns - child.#since > 2 * others
  }

  #copy(): FairQueue<T> {
    const copy = new FairQueue<T>()
    for (const [head, child] of this.#newcomers) copy.#newcomers.set(head, child.#copy())
    for (const [head, child] of this.#round) copy.#round.set(head, child.#copy())
    copy.#items = [...this.#items]
    copy.#size = this.#size
    copy.#turns = this.#turns
    copy.#since = this.#since
    return copy
  }

  #drop(head: string): void {
    this.#newcomers.delete(head)
    this.#round.delete(head)
  }

  #find(head: string): FairQueue<T> | undefined {
    return this.#newcomers.get(head) ?? this.#round.get(head)
  }
}
