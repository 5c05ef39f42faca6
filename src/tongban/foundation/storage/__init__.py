"""Files by the digest of their content, outside the web root.

A file is named by its SHA-256 alone: nobody's input ever becomes a path, the same content is kept once, and a file
that changed on disk no longer answers to its name. Who may see a file is not known here.
"""

from tongban.foundation.storage.stores import DiskStore, FileMissingError, FileStore, MemoryStore, store, use

__all__ = ["DiskStore", "FileMissingError", "FileStore", "MemoryStore", "store", "use"]
