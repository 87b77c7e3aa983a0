type AccountStateProps = { disabledAt: Date | null; passwordChangeRequiredAt: Date | null }

/** Whether an account can be used, in a word or two. */
export function AccountState({ disabledAt, passwordChangeRequiredAt }: AccountStateProps) {
  if (disabledAt) return <span className="text-danger">Disabled</span>
  if (passwordChangeRequiredAt) return <span className="text-warning">Has to change the password</span>
  return <span>Enabled</span>
}
