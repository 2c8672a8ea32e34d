"""The settings of one device: one declared list, read from `counter.toml` in the data folder."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tomli

from counter_app.problems import Problem

SETTINGS_FILE = "counter.toml"  # in the data folder


def _doc(text: str, default: Any) -> Any:
    return field(default=default, metadata={"doc": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its type, default and one line of explanation (`docs/settings.md`)."""

    catalog: str = _doc("Folder of pack files to use; empty = those in `packs/` of the data folder.", "")
    region: str = _doc("Region pack of this hall.", "rizhao")
    hall_code: str = _doc("Three characters of the printed number.", "001")
    hall_name: str = _doc("Name of the hall on papers; empty takes the region's.", "")
    hall_tongues: str = _doc("Languages besides Chinese, the commonest first: `ug kk_Arab en zh_Hant`.", "")
    window: str = _doc("Window number shown and called.", "3")
    hub: str = _doc("Address of the hall's hub; empty runs the embedded one.", "")
    voucher: str = _doc("Driver that resolves 医保电子凭证 codes, used with an address.", "vouchers.http")
    voucher_url: str = _doc("Address that resolves 医保电子凭证 codes; empty = none.", "")
    voucher_lib: str = _doc("Library of `vouchers.nation_ec`.", "")
    voucher_token_file: str = _doc("File with this device's token, for `vouchers.hub`.", "")
    voucher_org: str = _doc("Organisation code sent with a voucher query.", "")
    voucher_business: str = _doc("用码业务类型 sent with a voucher query; local, no national value.", "")
    crypto: str = _doc("`gm`: chain by SM3, values by SM4-GCM (国密); `standard`: SHA-256, AES.", "standard")
    key_store: str = _doc("Who keeps a new store's key: auto, passphrase, or an id of `keys status`.", "auto")
    device_profile: str = _doc("Device profile in use; what it names goes before the lines below.", "")
    card_reader: str = _doc("Card driver.", "cards.pcsc")
    card_reader_name: str = _doc("PC/SC reader name; empty watches all.", "")
    card_contactless: str = _doc("PC/SC name of its contactless slot; empty tells it by the name.", "")
    card_interface: int = _doc("1 contact, 2 contactless, 3 both (contact first), 4 both.", 3)
    card_lib: str = _doc("Vendor library of the card reader (`.dll`, `.so`), for vendor drivers.", "")
    card_python: str = _doc("Python that runs its host: a 32-bit one for a 32-bit library.", "")
    key_module: str = _doc("Address the hub asks for the hall's key module (加密机); empty = none.", "")
    id_card_reader: str = _doc("Driver of the resident-ID reader; empty = none.", "")
    id_card_port: str = _doc("Serial port of that reader, or `host:port`.", "")
    id_card_lib: str = _doc("Vendor library of the resident-ID reader.", "")
    id_card_python: str = _doc("Python that runs its host.", "")
    scanner: str = _doc("Scanner driver; empty = none.", "")
    scanner_port: str = _doc(
        "Serial port of the scanner; of `scanners.camera` its device, stream or folder.", ""
    )
    document_camera: str = _doc("Driver of the document camera (高拍仪); empty = none.", "")
    document_camera_port: str = _doc("Its device (`/dev/video0`), a stream's address, or a folder.", "")
    printer: str = _doc("Printer driver for A4 papers.", "printers.pdf_folder")
    printer_queue: str = _doc("CUPS queue of the A4 printer.", "")
    receipt_printer: str = _doc("Printer driver for 80 mm slips; empty = none.", "")
    receipt_printer_port: str = _doc("`host:port`, serial port or device file of `printers.escpos`.", "")
    paper_folder: str = _doc("Folder for `printers.pdf_folder`; empty = `papers/` of the data folder.", "")
    rating_url: str = _doc("Address of the hub's rating page, printed as a code; empty = none.", "")
    rater: str = _doc("Rater driver (评价器); empty rates on the citizen's screen.", "")
    rater_port: str = _doc("Serial port of the rater, or `host:port`.", "")
    customer_screen: str = _doc("Driver of a 柜外清 customer screen; empty = none.", "")
    customer_screen_lib: str = _doc("Its vendor library.", "")
    sign_pad: str = _doc("Sign pad driver; empty signs on the citizen's screen.", "")
    sign_pad_lib: str = _doc("Its vendor library.", "")
    fingerprint: str = _doc("Fingerprint reader driver; empty = none.", "")
    fingerprint_lib: str = _doc("Its vendor library.", "")
    pin_pad: str = _doc("PIN pad driver; empty = none.", "")
    pin_pad_lib: str = _doc("Its vendor library.", "")
    led: str = _doc("Driver of the strip over the window; empty = none.", "")
    led_port: str = _doc("Serial port of the strip, or `host:port`.", "")
    led_template: str = _doc("TOML file with the strip's frames; empty speaks the sample protocol.", "")
    voice: str = _doc("Voice driver of this desk; empty says nothing here.", "")
    voice_out: str = _doc("Player, command or `host:port` of a loudspeaker; empty takes what is found.", "")
    voice_clips: str = _doc("Folder of recordings, for `voices.clips`.", "")
    voice_one: str = _doc("How a 1 in a number is said: 一 or 幺.", "一")
    eseal_url: str = _doc("Address of the e-seal service; empty = none.", "")
    eseal_token_file: str = _doc("File with the token sent to it.", "")
    seal_image: str = _doc("Square PNG of the hall's 机构业务专用章; empty leaves a frame to stamp in.", "")
    slip_instead: bool = _doc("Print the 80 mm slip instead of the A4 notice where allowed.", False)
    archive_fonds: str = _doc("全宗号 at the head of a 档号; empty takes the hall code.", "")
    archive_class: str = _doc("门类 of a 档号; a local choice, as there is no national one.", "YB")
    archive_period: str = _doc("Retention of a case in a 档号: `D10`, `D30` or `Y` (for ever).", "D30")
    read_limit_ms: int = _doc("Longest a card may take to answer, in ms.", 3000)
    recall_limit: int = _doc("How often one number may be recalled.", 3)
    citizen_screen: str = _doc("群众副屏: `auto` on a second monitor, `window` always, `off`.", "auto")
    lock_after_s: int = _doc("Seconds without input before the screen locks.", 180)
    board_layout: str = _doc("Layout of the hall's board: big, table or notice.", "big")
    board_screen: str = _doc("Monitor of the board: a number from 1 or a name; empty takes the second.", "")
    board_notice: str = _doc("The hall's own words on the board; `\\n` divides paragraphs.", "")
    board_voice: str = _doc("Voice driver that says the calls; empty = none.", "voices.espeak")
    board_voice_out: str = _doc("Player or `host:port` of a loudspeaker; empty takes the first player.", "")
    board_volume: str = _doc("How loud by the hour, `08:00=80 12:00=40 18:00=0`; empty is loudest.", "")
    kiosk_pin: str = _doc("Hash of the PIN that ends a kiosk (`counter-app kiosk --hash-pin`).", "")
    kiosk_idle_s: int = _doc("Seconds without a touch before a kiosk asks whether anybody is there.", 60)
    kiosk_answer_s: int = _doc("Seconds somebody has to answer that question.", 30)
    kiosk_voice: str = _doc("Voice driver that reads a kiosk's pages aloud; empty = none.", "voices.espeak")
    kiosk_voice_out: str = _doc("Player, command or `host:port` for it; empty takes what is found.", "")
    theme: str = _doc("light or contrast.", "light")
    text_scale: int = _doc("Text size in percent: 100, 125, 150.", 100)


def load(file: Path) -> Settings:
    """Read settings; a missing file is all defaults.

    Raises Problem `setting-unknown` (with the nearest known name) or `setting-value`.
    """
    if not file.exists():
        return Settings()
    try:
        given = tomli.loads(file.read_text("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem("setting-value", str(file), str(error)) from error
    return apply(Settings(), given, str(file))


def put(file: Path, name: str, value: str) -> None:
    """Set one text setting in its file, everything else in it untouched.

    Raises Problem `setting-unknown`, `setting-value` (also of what stands there already), `store-write`.
    """
    given = file.read_text("utf-8") if file.exists() else ""
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    changed, count = re.subn(rf"(?m)^[ \t]*{re.escape(name)}[ \t]*=.*$", lambda _: line, given, count=1)
    if not count:
        changed = given + ("" if not given or given.endswith("\n") else "\n") + line + "\n"
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(changed, "utf-8")
        load(part)
        part.replace(file)
    except OSError as error:
        raise Problem("store-write", file.name, error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)


def apply(settings: Settings, given: dict[str, Any], where: str = "") -> Settings:
    """Lay given values over settings, checking names and types."""
    known = {f.name: f for f in fields(Settings)}
    for name, value in given.items():
        if name not in known:
            import difflib  # only for who has written one wrongly

            near = difflib.get_close_matches(name, known, 1)
            hint = f"{name}”（是否想写“{near[0]}”" if near else name
            raise Problem("setting-unknown", where, hint)
        wanted = type(known[name].default)
        if type(value) is not wanted:
            raise Problem("setting-value", where, f"{name} 应为 {wanted.__name__}。")
    return replace(settings, **given)


def manual() -> str:
    """The text of `docs/settings.md`, made from the declarations."""
    where = "One TOML file, `counter.toml`, in the data folder. Unknown names are refused."
    lines = ["# Settings", "", where, ""]
    lines += ["| name | type | default | meaning |", "|---|---|---|---|"]
    for f in fields(Settings):
        default = f'"{f.default}"' if isinstance(f.default, str) else str(f.default).lower()
        lines.append(f"| `{f.name}` | {type(f.default).__name__} | `{default}` | {f.metadata['doc']} |")
    return "\n".join(lines) + "\n"
