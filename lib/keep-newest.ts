/** Sets an entry of a map that has `max` at most: the oldest makes room for a new one. */
export function keepNewest<K, V>(map: Map<K, V>, key: K, { value, max }: { value: V; max: number }): void {
  const { value: oldest, done } = map.keys().next()
  if (!done && !map.has(key) && map.size >= max) map.delete(oldest)
  map.set(key, value)
}
