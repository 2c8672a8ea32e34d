"""Sealing a secret to this machine with `systemd-creds`: by the host key, or by the TPM."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess

from counter_app.domain.value import Value
from counter_app.problems import Problem

_PROGRAM = "systemd-creds"
_LIMIT_S = 20.0


class SystemdCreds(Value, frozen=True):
    """A `Keeper` whose sealed text lies in `store.keys`; `key` is `host` or `tpm2`."""

    id: str
    title: str
    key: str

    def because(self) -> str:
        """Why it cannot be used here."""
        if shutil.which(_PROGRAM) is None:
            return "本机没有 systemd-creds"
        if os.geteuid():
            return "须以系统服务（root）运行"
        if self.key == "tpm2":
            try:
                self._run(["has-tpm2", "--quiet"], b"")
            except Problem:
                return "本机没有可用的 TPM 2.0 芯片"
        return ""

    def keep(self, name: str, secret: bytes) -> str:
        """Seal it; the answer opens only on this machine and only under this name."""
        argv = ["encrypt", f"--with-key={self.key}", f"--name={_named(name)}", "-", "-"]
        return "".join(self._run(argv, secret).decode("ascii").split())

    def fetch(self, name: str, kept: str) -> bytes:
        """Open it. A text of another machine, or a changed one, is `key-store-lost`."""
        if self.because():
            raise Problem("key-store-away", self.id, self.because())
        try:
            base64.b64decode(kept, validate=True)
            return self._run(["decrypt", f"--name={_named(name)}", "-", "-"], kept.encode("ascii"))
        except (Problem, ValueError) as problem:
            raise Problem("key-store-lost", self.id, self.title) from problem

    def forget(self, name: str, kept: str) -> None:
        """Nothing is kept but the sealed text, which goes with `store.keys`."""

    def _run(self, argv: list[str], given: bytes) -> bytes:
        try:
            done = subprocess.run(
                [_PROGRAM, *argv], input=given, capture_output=True, check=True, timeout=_LIMIT_S
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise Problem("key-store-away", self.id, type(error).__name__) from None
        return done.stdout


def _named(name: str) -> str:
    """A credential's name is a file's name to systemd."""
    return f"onewindow.{name}"
