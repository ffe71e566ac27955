/**
 * Compiles RNNoise's wasm, which a page's policy forbids to the page itself, and hands the module out. It must never see
 * any sound.
 */
const response = await fetch('/sound/rnnoise.wasm')
if (!response.ok) throw new Error(`rnnoise.wasm [status:${response.status}]`)
self.postMessage(await WebAssembly.compile(await response.arrayBuffer()))
