"""The local stack: emulator, API, workers, site, sign-in and mailbox on one machine."""
