/**
 * The public entry of the engine: a call, the devices of this side, and what a page needs to draw
 * them. Nothing here knows of React, of readings or of any page.
 */
export { Call, type CallEvents, type CallOptions, type Sight } from './call.ts'
export type { DeviceKind } from './devices/capture.ts'
export { createLevelMeter, type LevelMeter } from './devices/level.ts'
export {
  type DeviceChoice,
  type LocalDevice,
  LocalMedia,
  type LocalMediaState,
} from './devices/local-media.ts'
export { NoiseFilter, type NoiseFilterState } from './devices/noise/noise-filter.ts'
export { CallError, type CallErrorCode, codeOf, RefusedError } from './errors.ts'
export { type ScreenHint, ScreenShare, type ScreenShareState } from './screen/screen-share.ts'
export { Speaker, type SpeakerState } from './devices/speaker.ts'
export { mayShowThisPage, type Surface } from './screen/surface.ts'
export type { Grade, StreamFigures, WayFigures } from './quality/measure.ts'
export { Quality, type QualityState } from './quality/quality.ts'
export { Recovery } from './recovery/recovery.ts'
export { Moderation, type ModerationState } from './moderation/moderation.ts'
export type { CallEnd, Ticket } from './signaling/session.ts'
export type { CallState, Connection, Feed, Person } from './state.ts'
export { createStore, type ReadableStore, type Store } from './store.ts'
export { piecesOf } from './talk/links.ts'
export { type LiveReaction, Talk, type TalkState } from './talk/talk.ts'
export { arrange, promote } from './tiles/arrange.ts'
export { type Focus, focusOf, sameFocus, sharersOf } from './tiles/focus.ts'
export { fitGrid, type Grid, GRID_GAP, pageCapacity, pageRange, type Space } from './tiles/grid.ts'
export { focusShape, gridShape, type Rect } from './tiles/stage.ts'
export { VideoRest } from './media/video-rest.ts'
export { browserTimers, type Timers } from './timers.ts'
