"""Sentences put together from recordings a hall makes itself: `零.wav` … `窗口.wav` in one folder.

The longest recording that fits is taken first, so a whole sentence may be recorded too. `needed` says what a
hall has to record, `missing` what its folder lacks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Tuple

from drivers.protocols import Driver, Fault
from drivers.voices.queued import QueuedVoice
from drivers.voices.reading import DIGITS
from drivers.voices.sound import Sound, from_wav, joined
from drivers.voices.speaker import Speaker

WORDS = ("请", "号", "到", "窗口")
TENS = ("十", "百")
_SILENT = " ，。、！？,.!?；;：:（）()　\n"
_PAUSE_MS, _COMMA_MS = 30, 250


class Clips:
    """The recordings of a folder, read once. Raises Fault `device-unavailable` when there are none."""

    def __init__(self, folder: Path) -> None:
        self._clips: Dict[str, Path] = {file.stem: file for file in folder.glob("*.wav")}
        if not self._clips:
            raise Fault("device-unavailable", "没有录音（.wav）")
        self._longest = max(map(len, self._clips))
        self._read: Dict[str, Sound] = {}

    def sound(self, words: str) -> Sound:
        """The recordings one after another. Raises Fault `voice-clip-missing`, `voice-clip`."""
        names, lacking = self._names(words)
        if lacking:
            known = sorted(set(lacking) & set(needed()))
            others = len(set(lacking)) - len(known)
            detail = "、".join(known[:8]) + (f" 另有 {others} 字" if others else "")
            raise Fault("voice-clip-missing", detail.strip())
        parts: List[Sound] = []
        for name in names:
            if name:
                parts.append(self._clip(name))
            elif parts:
                rate = parts[-1].rate
                parts.append(Sound(rate, bytes(rate * _COMMA_MS // 1000 * 2)))
        return joined(parts, _PAUSE_MS)

    def _names(self, words: str) -> Tuple[List[str], List[str]]:
        """The recordings of a sentence ("" is a pause), and the signs there is none for."""
        names: List[str] = []
        lacking: List[str] = []
        at = 0
        while at < len(words):
            if words[at] in _SILENT:
                names += [] if words[at] in " 　" else [""]
                at += 1
                continue
            length = next((n for n in range(self._longest, 0, -1) if words[at : at + n] in self._clips), 0)
            if length:
                names.append(words[at : at + length])
            else:
                lacking.append(words[at])
            at += length or 1
        return names, lacking

    def _clip(self, name: str) -> Sound:
        if name not in self._read:
            try:
                self._read[name] = from_wav(self._clips[name].read_bytes(), name)
            except OSError:
                raise Fault("voice-clip", name) from None
        return self._read[name]


def needed(letters: Iterable[str] = "ABCDEFGH", one: str = "一") -> Tuple[str, ...]:
    """What a hall records to call any ticket to any window: 26 to 30 words, a quarter of an hour's work."""
    special = (one,) if one not in DIGITS else ()
    return (*DIGITS, *special, *TENS, *letters, *WORDS)


def missing(folder: Path, letters: Iterable[str] = "ABCDEFGH", one: str = "一") -> Tuple[str, ...]:
    """What of it a folder lacks, or has in a form that cannot be used."""
    lacking = []
    for name in needed(letters, one):
        file = folder / (name + ".wav")
        try:
            from_wav(file.read_bytes(), name)
        except (OSError, Fault):
            lacking.append(name)
    return tuple(lacking)


def _open(config: Mapping[str, Any]) -> QueuedVoice:
    clips = Clips(Path(str(config["folder"])))
    speaker = Speaker(str(config.get("out", "")))
    return QueuedVoice(
        lambda words, volume: speaker.play(clips.sound(words).louder(volume)),
        clips.sound,
        str(config.get("one", "一")),
        int(config.get("volume", 100)),
    )


DRIVER = Driver(id="clips", family="voices", title="语音播报（本厅录音）", open=_open)
