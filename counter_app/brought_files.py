"""Files somebody brings to the desk: a list of matters, electronic invoices, a package of filings.

Every call is for a worker: files are read and judged there, and only what must be written or asked of the
visit goes over the services lane.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.invoices import Invoice
from counter_app.lane import Lane
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services import batch_accept, filings
from counter_app.services.batch_accept import BatchDone
from counter_app.services.filings import Received
from counter_app.services.office import Office
from counter_app.services.visit import Visit

if TYPE_CHECKING:
    from counter_app.documents import einvoices, list_files, sheets
    from counter_app.wire import filings as wire
    from counter_app.wire import package
else:  # each is read in only where such a file is brought
    einvoices = late("counter_app.documents.einvoices")
    list_files = late("counter_app.documents.list_files")
    sheets = late("counter_app.documents.sheets")
    wire = late("counter_app.wire.filings")
    package = late("counter_app.wire.package")


def check_list(visit: Visit, services: Lane, word: str, path: str) -> BatchDone:
    """Judge a list; it comes back marked beside the file.

    Raises Problem `not-found`, `store-write`; Problem, Problems (see `batch.check`).
    """
    file = Path(path.strip().strip('"'))
    data = _data(file)
    wish = services.run(partial(visit.list_wish, word.strip(), "", ("*",))).result()
    checked = visit.check_list(wish, sheets.read(data, file.name))
    done = batch_accept.BatchDone(checked, visit.state)
    if checked.bad:
        marked = file.with_name(f"{file.stem}-核对结果.xlsx")
        place = checked.place
        try:
            list_files.marked(marked, place.sheet, place.header, batch_accept.marks(done))
        except OSError as error:
            raise Problem("store-write", marked.name, error.strerror or "") from error
    return done


def read_bills(path: Path) -> tuple[Invoice, ...]:
    """The electronic invoices in a file or a folder. Raises Problem `not-found`, `invoice-file`."""
    files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    try:
        return tuple(einvoices.read(file.read_bytes(), file.name) for file in files)
    except OSError as error:
        raise Problem("not-found", "file", path.name) from error


def take_package(office: Office, services: Lane, path: Path) -> Received:
    """Take the filings of a package into the list; a single one that is refused is in the answer.

    Raises Problem `not-found`, `package-…`.
    """
    opened = package.unpack(_data(path), office.trust, office.now(), wire.KIND)
    return services.run(partial(filings.receive, office, wire.filings_of(opened))).result()


def _data(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem("not-found", "file", file.name) from error
