"""From TOML files to a `Catalogue`: a malformed pack is refused whole, naming file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.catalog import compiled
from counter_app.catalog.model import Catalogue
from counter_app.late import late
from counter_app.problems import Problem, Problems

if TYPE_CHECKING:
    from counter_app.catalog import check, packs
    from counter_app.catalog.packs import Reading
    from counter_app.seals.trust import TrustStore
else:  # what ships was read when it was last changed
    check = late("counter_app.catalog.check")
    packs = late("counter_app.catalog.packs")


def load_catalogue(folder: Path | None = None, trust: TrustStore | None = None) -> Catalogue:
    """Read the packs of a folder (types in `catalog/` or directly in it, places in `regions/`).

    The files of a folder are laid over those that ship with the program, file by file: a new type is
    added, one of the same name replaced. A folder with a `_pack.toml` stands for itself.

    With a trust store the folder must be signed by somebody in it.

    Raises Problems `pack-broken` (one per fault, `where` is file:line) or Problem `pack-empty`,
    `pack-unsigned`, `pack-signature`; the caller keeps the catalogue it has.
    """
    if folder is not None and trust is not None:
        from counter_app.catalog.signing import verify_pack  # cryptography, which most starts never need

        verify_pack(folder, trust)
    if folder is None:
        return compiled.kept(lambda: _built(None), tuple(compiled.built_in()))
    return _built(folder)


def _built(folder: Path | None) -> Catalogue:
    reading = packs.read(folder, exact=False)
    # What ships was examined when it was made (`catalog check`); a start need not do it again.
    if reading.findings or (folder is not None and any(check.examine(reading))):
        raise Problems([Problem("pack-broken", f"{f.file}:{f.line}", f.text) for f in check.check(folder)])
    if not reading.types:
        raise Problem("pack-empty", str(folder), str(folder))
    return catalogue(reading)


def catalogue(reading: Reading) -> Catalogue:
    """The value that is handed round."""
    row = reading.pack
    name, version = (row.get("name", ""), row.get("version", "")) if row else ("", "")
    return Catalogue(
        types=reading.types,
        regions=reading.regions,
        version=version,
        pack=f"{name}-{version}",
        valid_from=row.get("valid_from") if row else None,
        valid_to=row.get("valid_to") if row else None,
        groups=reading.common.groups,
    )


def renewed(
    current: Catalogue, folder: Path, trust: TrustStore | None = None
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue of a folder, or the one in use together with what is wrong with the folder."""
    try:
        return load_catalogue(folder, trust), ()
    except Problem as problem:
        return current, (problem,)
    except Problems as several:
        return current, tuple(several.problems)
