type AccountStateProps = { disabledAt: Date | null; passwordChangeRequiredAt: Date | null }

export function isUsable({ disabledAt, passwordChangeRequiredAt }: AccountStateProps): boolean {
  return disabledAt === null && passwordChangeRequiredAt === null
}

export function AccountState({ disabledAt, passwordChangeRequiredAt }: AccountStateProps) {
  if (disabledAt) return <span className="text-danger">Disabled</span>
  if (passwordChangeRequiredAt) return <span className="text-warning">Must change password</span>
  return <span>Enabled</span>
}
