"""What single drivers are told, by the settings of a desk."""

from __future__ import annotations

from pathlib import Path

from counter_app.settings import Settings
from drivers.place import Choice


def beside(settings: Settings) -> dict[str, Choice]:
    """The roles of `drivers.citizen_room` with their drivers; what is not chosen has an empty driver."""
    voice = {"out": settings.voice_out, "folder": settings.voice_clips, "one": settings.voice_one}
    wanted: dict[str, Choice] = {
        "customer_screen": (settings.customer_screen, {"lib": settings.customer_screen_lib}),
        "rater": (settings.rater, {"port": settings.rater_port}),
        "signpad": (settings.sign_pad, {"lib": settings.sign_pad_lib}),
        "fingerprint": (settings.fingerprint, {"lib": settings.fingerprint_lib}),
        "pinpad": (settings.pin_pad, {"lib": settings.pin_pad_lib}),
        "led": (settings.led, {"port": settings.led_port, "template": settings.led_template}),
        "voice": (settings.voice, voice),
    }
    if settings.eseal_url:
        given = Path(settings.eseal_token_file)
        token = given.read_text("utf-8").strip() if given.is_file() else ""
        wanted["eseal"] = ("eseals.http", {"url": settings.eseal_url, "token": token})
    return wanted
