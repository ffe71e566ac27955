/** Hands a file to the person: made in the browser, sent nowhere. */
export function saveFile(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }))
}

/** The same for what is no text, or has a type already. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by the next turn; the address is of no more use.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 0)
}
