'use client'

/**
 * The vault's state for React: who is signed in on this device and whether the keys are open. It must
 * never hold anything that the vault does not hand out.
 */
import { useSyncExternalStore } from 'react'
import { getVault, serverStatus } from '../../_vault/client.ts'
import type { VaultStatus } from '../../_vault/verbs.ts'

const subscribe = (listener: () => void): (() => void) => getVault().subscribe(listener)
const getStatus = (): VaultStatus => getVault().getStatus()

/** Follows the vault of this tab; starts it if need be. */
export function useVault(): VaultStatus {
  return useSyncExternalStore(subscribe, getStatus, serverStatus)
}
