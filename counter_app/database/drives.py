"""Refusing network drives: their locks and fsync promise less than a store needs."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from counter_app.problems import Problem

# Names as they appear in /proc/self/mountinfo; FUSE file systems carry their own after "fuse.".
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre"}
    | {"beegfs", "gpfs", "ocfs2", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs"}
    | {"fuse.gvfsd-fuse", "fuse.juicefs", "fuse.mfs", "fuse.cephfs", "fuse.vmhgfs-fuse", "fuse.onedriver"}
    | {"coda", "orangefs", "pvfs2", "gfs2", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "smb2"}
    | {"fuse.rclone", "fuse.davfs", "fuse.smbnetfs"}
)
_DRIVE_REMOTE = 4


def refuse_network_drive(folder: Path, mountinfo: str | None = None) -> None:
    """Raise Problem `store-network-drive` when a folder is not on a disk of this machine.

    `mountinfo` stands in for /proc/self/mountinfo in tests. Where the question cannot be asked
    (no such file), the folder is allowed: SQLite's own checks remain.
    """
    kind = _windows_kind(folder) if os.name == "nt" else _linux_kind(folder, mountinfo)
    if kind in NETWORK:
        raise Problem("store-network-drive", str(folder), kind)


def _linux_kind(folder: Path, mountinfo: str | None) -> str:
    if mountinfo is None:
        table = Path("/proc/self/mountinfo")
        mountinfo = table.read_text("utf-8", "replace") if table.exists() else ""
    where, best, kind = folder.resolve(), -1, ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if len(fields) < 5:
            continue
        mount = Path(fields[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        # The deepest mount wins; of two on one place the later one hides the earlier.
        if (where == mount or mount in where.parents) and len(mount.parts) >= best:
            best, kind = len(mount.parts), rest[0]
    return kind


def _windows_kind(folder: Path) -> str:
    """`smbfs` for UNC paths and mapped drives. Untested: no Windows machine was at hand."""
    anchor = folder.resolve().anchor
    if anchor.startswith("\\\\"):
        return "smbfs"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    return "smbfs" if kernel.GetDriveTypeW(anchor) == _DRIVE_REMOTE else ""
