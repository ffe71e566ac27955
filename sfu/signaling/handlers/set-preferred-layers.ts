/** `setPreferredLayers`: the best layers that this member has use for. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const setPreferredLayers: MemberHandler<'setPreferredLayers'> = async (
  { member },
  { consumerId, ...layers },
) => {
  await ownMedia(member).setPreferredLayers(consumerId, layers)
  return {}
}
