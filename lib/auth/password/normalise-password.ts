/**
 * Two keyboards may write one letter as different code points (RFC 8265, 4.2; NIST SP 800-63B-4, 3.1.1.2).
 * @param password at most `CREDENTIAL_MAX_LENGTH` long: the time grows with the square of the length
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFC')
}
