/**
 * What has the focus, as far as keys are concerned. It must never take for a control what only holds
 * the focus for a while, as a panel does that has just opened: Space would then do nothing at all.
 */

/** The parts of an element that matter; any element has them. */
type Described = Pick<Element, 'tagName' | 'getAttribute' | 'hasAttribute'>

const NATIVE: ReadonlySet<string> = new Set(['SUMMARY', 'INPUT', 'SELECT', 'TEXTAREA'])

/** The control that an element is, to which Space means something; null for none. */
export function controlOf(element: Described): 'button' | 'other' | null {
  const { tagName } = element
  if (tagName === 'BUTTON') return 'button'
  const native =
    NATIVE.has(tagName) ||
    (tagName === 'A' && element.hasAttribute('href')) ||
    (tagName === 'VIDEO' && element.hasAttribute('controls'))
  const tabIndex = element.getAttribute('tabindex')
  return native || (tabIndex !== null && tabIndex !== '-1') ? 'other' : null
}
