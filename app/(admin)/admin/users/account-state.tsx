type AccountStateProps = { disabledAt: Date | null; passwordChangeRequiredAt: Date | null }

/** Whether nothing keeps the owner of an account from using it. */
export function isUsable({ disabledAt, passwordChangeRequiredAt }: AccountStateProps): boolean {
  return disabledAt === null && passwordChangeRequiredAt === null
}

/** Whether an account can be used, in a word or two. */
export function AccountState({ disabledAt, passwordChangeRequiredAt }: AccountStateProps) {
  if (disabledAt) return <span className="text-danger">Disabled</span>
  if (passwordChangeRequiredAt) return <span className="text-warning">Has to change the password</span>
  return <span>Enabled</span>
}
