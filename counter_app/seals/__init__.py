"""Signatures, hash chain and field sealing behind one CryptoProvider."""
