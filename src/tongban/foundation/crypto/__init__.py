"""Encryption of personal columns, and keys to look them up by.

Each value has its own data key (AES-256-GCM), wrapped by the installation's master key, so that the master key can be
changed without touching a value twice and no nonce is ever used again. A column that must be found again stands beside
its ciphertext as a keyed hash (HMAC-SHA-256): equal text gives an equal key, and without the master key nothing can be
tried out against it, which for an identity number (few digits are free) a plain hash would allow.

The master key is the file `keys/personal.key` in the data folder, made on first use and readable by its owner only.
Whoever backs up the database keeps this file apart from it.
"""

from tongban.foundation.crypto.envelope import KeyUnavailable, Tampered, lookup_key, open_, seal

__all__ = ["KeyUnavailable", "Tampered", "lookup_key", "open_", "seal"]
