from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.database.drives import refuse_network_drive
from counter_app.problems import Problem

TABLE = """\
30 1 254:0 / / rw,relatime - ext4 /dev/vda rw
41 30 0:40 / /home rw - {home} server:/export rw
42 41 0:41 / /home/desk\\040one rw shared:1 - {deep} what rw
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_drive_is_refused_by_its_deepest_mount(kind: str) -> None:
    table = TABLE.format(home=kind, deep="ext4")
    with pytest.raises(Problem) as caught:
        refuse_network_drive(Path("/home/data"), table)
    assert caught.value.code == "store-network-drive"
    assert kind in caught.value.cause
    refuse_network_drive(Path("/home/desk one/data"), table)
    refuse_network_drive(Path("/srv/data"), table)
    with pytest.raises(Problem):
        refuse_network_drive(Path("/home/desk one"), TABLE.format(home="ext4", deep=kind))


def test_the_disk_of_this_machine_is_allowed(tmp_path: Path) -> None:
    assert refuse_network_drive(tmp_path) is None
    assert refuse_network_drive(tmp_path, "") is None
    assert refuse_network_drive(tmp_path, "torn line\n") is None
