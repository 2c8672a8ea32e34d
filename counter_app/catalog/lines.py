"""On which line of a TOML file a value stands; `tomli` does not say, and a refusal must."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*([A-Za-z0-9_\-]+|"[^"]*"|'[^']*')((?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=""")
_LONG = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''")
_FENCE = re.compile(r"\"\"\"|'''")
_STRINGS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|\#.*")
_WORD = re.compile(r"""[A-Za-z0-9_\-]+|"[^"]*"|'[^']*'""")


class Lines:
    """Line numbers (from 1) of one file by path, such as `("field", 3, "when")`."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._table: Path = ()
        self._scan(text.splitlines())

    def find(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]

    def _scan(self, lines: list[str]) -> None:
        open_key: Path | None = None
        depth, fence, element = 0, "", 0
        for number, line in enumerate(lines, 1):
            if fence:
                fence = "" if fence in line else fence
                continue
            if open_key is not None:
                if line.strip().startswith(("{", '"', "'", "[")):
                    self._found[(*open_key, element)] = number
                    element += 1
            else:
                open_key, element = self._line(line, number), 0
            bare = _LONG.sub("", line)
            opened = _FENCE.search(bare)
            fence = opened.group(0) if opened else ""
            bare = _STRINGS.sub("", bare[: opened.start()] if opened else bare)
            depth += 0 if open_key is None else sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
            if depth <= 0:
                open_key, depth = None, 0

    def _line(self, line: str, number: int) -> Path | None:
        """Note a header or key; the path of the key, whose value may go on below."""
        header = _HEADER.match(line)
        if header:
            self._open(header.group(2), bool(header.group(1)), number)
            return None
        key = _KEY.match(line)
        if key is None:
            return None
        words = tuple(word.strip("\"'") for word in _WORD.findall(key.group(0)[:-1]))
        path = (*self._table, *words)
        for end in range(len(self._table) + 1, len(path) + 1):
            self._found.setdefault(path[:end], number)
        return path

    def _open(self, name: str, is_array: bool, number: int) -> None:
        path: Path = ()
        words = [word.strip("\"'") for word in _WORD.findall(name)]
        for place, word in enumerate(words):
            path = (*path, word)
            if is_array and place == len(words) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
            self._found.setdefault(path, number)
        self._found[path] = number
        self._table = path
