/** The vault's worker: thin glue between messages of the page and the vault. It must never post a key or an opened byte. */
export {};
