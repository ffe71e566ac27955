/**
 * The transport of pages. A page may be the first to hear that web has ended the session: the vault then looks for itself
 * and puts the keys of every tab away. It must never take a refusal for more than a reason to look.
 */
import { getVault } from '../../_vault/client.ts'

const SIGNED_OUT = 401

export const pageFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.status === SIGNED_OUT) getVault().lookAgain()
  return response
}
