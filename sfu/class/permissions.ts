/**
 * Which role may send which request. Every method stands here, so that a new one cannot be open to
 * all by omission; what a member may do to whom, the handler decides.
 */
import type { Method, Role } from '../protocol/index.ts'

const everyone: readonly Role[] = ['teacher', 'student', 'guest']
const students: readonly Role[] = ['student']
const teachers: readonly Role[] = ['teacher']

const allowed: Readonly<Record<Method, readonly Role[]>> = {
  join: everyone,
  resume: everyone,
  renew: everyone,
  leave: everyone,
  readClock: everyone,
  createTransport: everyone,
  connectTransport: everyone,
  restartIce: everyone,
  closeTransport: everyone,
  setRtpCapabilities: everyone,
  produce: everyone,
  pauseProducer: everyone,
  resumeProducer: everyone,
  closeProducer: everyone,
  consume: everyone,
  pauseConsumer: everyone,
  resumeConsumer: everyone,
  closeConsumer: everyone,
  setPreferredLayers: everyone,
  produceData: students,
  consumeRecords: teachers,
  sendReceipt: teachers,
  announceChunk: teachers,
  setRules: teachers,
  muteAll: teachers,
  stopSource: teachers,
  askToUnmute: teachers,
  removeMember: teachers,
  letBackIn: teachers,
  admit: teachers,
  admitAll: teachers,
  decline: teachers,
  attendance: teachers,
  sendChat: everyone,
  reactToChat: everyone,
  raiseHand: everyone,
  lowerHand: everyone,
  lowerHandOf: teachers,
  lowerAllHands: teachers,
  react: everyone,
  setSpotlight: teachers,
  restoreChat: everyone,
  keepOut: teachers,
}

/** Whether a role may send a request at all. */
export function mayRequest(role: Role, method: Method): boolean {
  return allowed[method].includes(role)
}
