const LOOPBACK =
  /^(localhost|.+\.localhost|127(\.\d+){3}|::1|::ffff:(127(\.\d+){3}|7f[0-9a-f]{2}:[0-9a-f]{1,4}))$/i

/** Whether a host, with or without the brackets of a URL, is this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host.replace(/^\[|\]$/g, ''))
}
