"""Papers as PDF files in a folder: whole, durable and never overwritten."""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Mapping

from drivers.protocols import Driver, Fault, Option, PrintJob, PrintOutcome

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_BROKEN = (errno.EIO,)
_MOST_NAMESAKES = 1000
_STALE_S = 600  # older than any writer still at work, also of another process


class PdfFolder:
    """Writes each job's PDF, of any medium, as `<name>.pdf`; copies are one file.

    A file that already holds the same bytes is the same paper and is left as it is, so printing again after
    a crash makes no second one; other bytes under the same name get `<name>-2.pdf`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, job: PrintJob) -> PrintOutcome:
        """Write the paper; file and folder are on the disk when this returns.

        Raises Fault `printer-full`, `printer-absent` (no folder, no permission) or `printer-refused`.
        """
        if not job.pdf:
            raise Fault("printer-refused", "no PDF")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self._write(_stem(job.name), job.pdf)
        except OSError as error:
            raise _fault(error, self._folder) from error
        return PrintOutcome(path.name, "done", str(path))

    def close(self) -> None:
        """Nothing is held between two papers."""

    def _write(self, stem: str, pdf: bytes) -> Path:
        part = self._folder / f".{secrets.token_hex(8)}.part"
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            path = _settle(part, self._folder, stem, pdf)
        finally:
            part.unlink(missing_ok=True)
        _fsync_folder(self._folder)
        return path


def _settle(part: Path, folder: Path, stem: str, pdf: bytes) -> Path:
    """Give the written file its name; a link, unlike a rename, never replaces what is there."""
    for n in range(1, _MOST_NAMESAKES):
        path = folder / (f"{stem}.pdf" if n == 1 else f"{stem}-{n}.pdf")
        try:
            os.link(part, path)
            return path
        except FileExistsError:
            if path.read_bytes() == pdf:
                return path
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK) or path.exists():
                raise
            part.rename(path)  # a file system without links, such as a USB stick's
            return path
    raise OSError(errno.EEXIST, "namesakes")


def _stem(name: str) -> str:
    stem = re.sub(r"[^\w.-]+", "_", name).strip("._")
    if not stem:
        raise Fault("printer-refused", "name")
    return stem


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fault(error: OSError, folder: Path) -> Fault:
    if error.errno in _FULL:
        return Fault("printer-full", folder.name)
    reason = errno.errorcode.get(error.errno or 0, "OSError")
    return Fault("printer-refused" if error.errno in _BROKEN else "printer-absent", f"{folder.name} {reason}")


def _open(config: Mapping[str, Any]) -> PdfFolder:
    folder = Path(str(config["folder"]))
    for part in folder.glob(".*.part"):  # left by a power cut in the middle of writing
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()
    return PdfFolder(folder)


DRIVER = Driver(
    id="pdf_folder",
    family="printers",
    title="存为 PDF 文件",
    open=_open,
    media=("a4", "r80"),
    options=(Option("folder", "文件夹", "完整路径；空 = 数据文件夹里的 papers"),),
)
