/** `restartIce`: fresh ICE parameters, for a browser whose network changed. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const restartIce: MemberHandler<'restartIce'> = async ({ member }, { transportId }) => ({
  iceParameters: await ownMedia(member).restartIce(transportId),
})
