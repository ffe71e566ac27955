/**
 * What kind of thing a person shares, as far as the browser tells. It must never call a surface
 * harmless that it does not know: what cannot be told is `unknown`.
 */

/**
 * `own-tab` is the very page that shares; `unknown` where the browser does not say. `browser` is
 * another tab, `window` a program's window, `monitor` everything there is to see.
 */
export type Surface = 'monitor' | 'window' | 'browser' | 'own-tab' | 'unknown'

/** Whether what is shared may show this page itself, so that others see what floats over it. */
export function mayShowThisPage(surface: Surface): boolean {
  return surface === 'monitor' || surface === 'own-tab' || surface === 'unknown'
}

/** A captured tab carries the handle that its page set (W3C Capture Handle), where there is such. */
type CapturedTrack = MediaStreamTrack & { getCaptureHandle?: () => { handle?: string } | null }

/**
 * The surface of a captured track.
 *
 * @param handle the handle that this page gave itself; null where it has none
 */
export function surfaceOf(track: CapturedTrack, handle: string | null): Surface {
  const captured = track.getCaptureHandle?.()?.handle
  if (handle !== null && captured === handle) return 'own-tab'
  const { displaySurface } = track.getSettings()
  switch (displaySurface) {
    case 'monitor':
    case 'window':
      return displaySurface
    case 'browser':
      // Without handles another tab cannot be told from this one.
      return handle === null ? 'unknown' : 'browser'
    default:
      return 'unknown'
  }
}
