/**
 * A student's withdrawal holds from the moment it was said. Until web has it, the signed statement lies on this device in
 * a box to self, goes to web again at each entry, and counts for more than what web still answers. It must never hold
 * for longer than the person's last word.
 */
import { consentBody, type ConsentBody } from '../../_wire/courses.ts'
import type { OpenAccount } from '../account.ts'
import { isVaultError } from '../errors.ts'
import { isPassing, type Http } from '../http.ts'
import type { VaultStore } from '../store.ts'

export interface WithdrawalDeps {
  readonly http: Http
  readonly store: Pick<VaultStore, 'putKept' | 'kept' | 'removeKept'>
  /** @throws VaultError while nobody is signed in or the vault is locked */
  readonly require: () => OpenAccount
}

const VERSION = 1
const nameOf = (courseId: string): string => `withdrawal:${courseId}`

export class Withdrawals {
  readonly #deps: WithdrawalDeps

  constructor(deps: WithdrawalDeps) {
    this.#deps = deps
  }

  /**
   * Tells web, and remembers it until web has heard.
   *
   * @throws VaultError what web answered; it stands all the same where web was away
   */
  async say(courseId: string, statement: ConsentBody): Promise<void> {
    const { account, keys } = this.#deps.require()
    const plain = new TextEncoder().encode(JSON.stringify(statement))
    const box = keys.sealToSelf(plain, nameOf(courseId), VERSION)
    const kept = { accountId: account.accountId, name: nameOf(courseId), box }
    try {
      await this.#deps.store.putKept(kept)
    } catch (error) {
      // Where this device has no room to remember it, web's hearing of it has to do.
      if (!isVaultError(error, 'storage', 'storage-full')) throw error
    }
    await this.#tell(courseId, statement)
  }

  /** Whether one stands that web may not have taken into account; web is told again. */
  async stands(courseId: string): Promise<boolean> {
    const { account, keys } = this.#deps.require()
    const box = await this.#deps.store.kept(account.accountId, nameOf(courseId))
    if (box === null) return false
    let statement: ConsentBody
    try {
      const plain = keys.openFromSelf(box, nameOf(courseId), VERSION)
      statement = consentBody.parse(JSON.parse(new TextDecoder().decode(plain)))
    } catch (error) {
      if (isVaultError(error, 'vault-locked')) throw error
      // It was sealed under keys that a reset has replaced: it holds until the person says otherwise.
      return true
    }
    try {
      await this.#tell(courseId, statement)
      return true
    } catch (error) {
      return isAway(error)
    }
  }

  /** The person's last word is another one, or web knows this one. */
  async forget(courseId: string): Promise<void> {
    const { account } = this.#deps.require()
    await this.#deps.store.removeKept(account.accountId, nameOf(courseId))
  }

  async #tell(courseId: string, statement: ConsentBody): Promise<void> {
    try {
      await this.#deps.http('giveConsent', { id: courseId }, statement)
    } catch (error) {
      // A refusal means that there is nothing left to withdraw: other words are asked about, or the person has left.
      if (!isAway(error)) await this.forget(courseId)
      throw error
    }
    await this.forget(courseId)
  }
}

/** Web did not decide: it may hear of it later. */
function isAway(error: unknown): boolean {
  // 'server': something answered that was not web, as a proxy does while web restarts.
  return isPassing(error) || isVaultError(error, 'not-signed-in', 'server')
}
