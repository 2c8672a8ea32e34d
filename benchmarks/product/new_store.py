"""Makes the real, empty store of a hall's desk: `FOLDER/data`, its passphrase in `FOLDER/words`.

usage: new_store.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from counter_app import bootstrap
from counter_app.domain.actor import Actor
from counter_app.seals.keyring import PassphraseKeyring
from counter_app.settings import Settings

WORDS = "benchmarks open no real store"


def main(folder: Path) -> None:
    """Create the store and close it again."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    words = folder / "words"
    words.write_text(WORDS, "utf-8")
    words.chmod(0o600)
    keyring = PassphraseKeyring(data, WORDS)
    bootstrap.open_parts(Settings(card_reader=""), data, actor=Actor("0317", ""), keyring=keyring).close()
    print("{}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
