"""systemd-creds with the machine's TPM 2.0 chip. Untested: no TPM was at hand."""

from __future__ import annotations

from counter_app.seals.systemd_creds import SystemdCreds

KEEPER = SystemdCreds("tpm", "本机 TPM 2.0 安全芯片", "tpm2")
