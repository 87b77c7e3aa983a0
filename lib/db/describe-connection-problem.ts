/** Node's codes for untrusted certificates (OpenSSL, X509_V_ERR_…). */
const UNTRUSTED = /SELF_SIGNED|^UNABLE_TO_|^CERT_(UNTRUSTED|REJECTED|SIGNATURE_FAILURE)$|^INVALID_CA$/
const NOT_VALID_NOW = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/
const OTHER_TLS = /^(EPROTO$|CERT_|ERR_(TLS|SSL|OSSL)_)/
/** Errors that `pg` throws without a code. */
const NO_TLS =
  /^The server does not support SSL connections|^There was an error establishing an SSL connection/
const NO_PASSWORD = /client password must be a/

const AUTHORITY = '?sslmode=verify-full&sslrootcert=/path/ca.pem'

/** Describes in one line, without secrets, how to mend a `DATABASE_URL` that prevents a connection. Null for other errors. */
export function describeConnectionProblem(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const problem = problemOf(error.message, 'code' in error ? String(error.code) : '', error)
  return problem && `DATABASE_URL ${problem}`
}

function problemOf(message: string, code: string, error: Error): string | null {
  if (UNTRUSTED.test(code)) {
    return `leads to a server whose certificate this machine does not trust (${message}): name the file of its certificate authority, as in ${AUTHORITY}.`
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'names a host that is not in the certificate of its server: use a name or an address from the certificate.'
  }
  if (NOT_VALID_NOW.test(code)) {
    return `leads to a server with an invalid certificate (${message}): renew it, or correct this machine's clock.`
  }
  if (NO_TLS.test(message)) {
    return 'asks for TLS, which its server does not offer: turn TLS on there, or set ?sslmode=disable if no network lies between.'
  }
  if (NO_PASSWORD.test(message)) {
    return 'has no password, and its server asks for one: write postgresql://user:password@host:5432/name.'
  }
  if ('syscall' in error && error.syscall === 'open' && 'path' in error) {
    return `names a file that cannot be read (${code}: ${error.path}): correct sslrootcert, sslcert and sslkey, or the file's permissions.`
  }
  return OTHER_TLS.test(code)
    ? `leads to no TLS connection (${code}): check sslmode and the certificates.`
    : null
}
