"""The words of the condition language and how they nest: text in, a small tree out.

    condition = both { "or" both }          both = denial { "and" denial }
    denial    = "not" denial | comparison
    comparison = value [ ("==" | "!=" | "<" | "<=" | ">" | ">=") value
                       | ["not"] "in" (list | name) | "is" ["not"] "known" ]
    value     = literal | name | "(" condition ")", then any number of ("+" | "-") duration
    literal   = 'text' | 12 | 0.5 | 300元 | 2026-11-22 | 2026-11 | true | false
    duration  = 30d | 6m | 1y               list = "[" literal { "," literal } "]"
    name      = today | this_month | group.word[.word]

There are no calls, loops or definitions, so every condition ends.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from counter_app.domain.value import Value

LONGEST = 2000
DEEPEST = 40

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>'[^'\n]*'|"[^"\n]*")
  | (?P<date>\d{4}-\d{2}-\d{2})(?!\d)
  | (?P<month>\d{4}-\d{2})(?![\d-])
  | (?P<money>\d+(?:\.\d{1,2})?元)
  | (?P<duration>\d+[dmy])\b
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)
  | (?P<sign>==|!=|<=|>=|<|>|\+|-|\(|\)|\[|\]|,)
    )""",
    re.VERBOSE | re.ASCII,
)


class ParseError(ValueError):
    """What is wrong with a condition, in the words of `catalog check`."""


class Literal(Value, frozen=True):
    """A value written out; `type` is text number money date month bool list."""

    value: Any
    type: str


class Name(Value, frozen=True):
    """Something looked up in the context: `form.begndate`."""

    path: str


class Shift(Value, frozen=True):
    """A date or month moved by days, months or years."""

    base: Node
    sign: int
    count: int
    unit: str


class Compare(Value, frozen=True):
    """Two values side by side; `op` is one of == != < <= > >= in."""

    op: str
    left: Node
    right: Node


class Known(Value, frozen=True):
    """Whether a value is there at all."""

    base: Node


class Not(Value, frozen=True):
    """Denial."""

    base: Node


class Chain(Value, frozen=True):
    """`and` or `or` over two or more parts."""

    op: str
    parts: tuple[Node, ...]


Node = Literal | Name | Shift | Compare | Known | Not | Chain
Token = tuple[str, str, int]


def parse(text: str) -> Node:
    """Turn a condition into its tree. Raises ParseError with the position (from 1)."""
    if len(text) > LONGEST:
        raise ParseError(f"表达式超过 {LONGEST} 个字符")
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    place = 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ParseError(f"第 {place + 1} 个字符起看不懂：{text[place : place + 12].strip()}")
        found.append((match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup) + 1))
        place = match.end()
    return found


_LITERALS = {"text", "date", "month", "money", "number"}


def _literal(kind: str, word: str) -> Literal:
    if kind == "text":
        return Literal(word[1:-1], "text")
    if kind == "date":
        try:
            return Literal(date.fromisoformat(word), "date")
        except ValueError as error:
            raise ParseError(f"没有这一天：{word}") from error
    if kind == "month":
        if not 1 <= int(word[5:]) <= 12:
            raise ParseError(f"没有这个月：{word}")
        return Literal(word, "month")
    if kind == "money":
        return Literal(int(Decimal(word[:-1]) * 100), "money")
    return Literal(Decimal(word), "number")


class _Parser:
    """Recursive descent over the tokens; depth is bounded, so no text can exhaust the stack."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._chain("or")
        if self._at < len(self._tokens):
            raise self._error("这里应当结束")
        return node

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self) -> Token:
        if self._at >= len(self._tokens):
            raise ParseError("表达式没有写完")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, word: str) -> bool:
        if self._peek() != word:
            return False
        self._at += 1
        return True

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise self._error(f"这里应当是 {word}")

    def _error(self, what: str) -> ParseError:
        if self._at >= len(self._tokens):
            return ParseError(f"{what}，但表达式没有写完")
        _, word, place = self._tokens[self._at]
        return ParseError(f"第 {place} 个字符“{word}”：{what}")

    def _chain(self, op: str) -> Node:
        part = self._denial if op == "and" else self._both
        parts = [part()]
        while self._take(op):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Chain(op, tuple(parts))

    def _both(self) -> Node:
        return self._chain("and")

    def _denial(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error("嵌套太深")
        node: Node = Not(self._denial()) if self._take("not") else self._comparison()
        self._depth -= 1
        return node

    def _comparison(self) -> Node:
        left = self._value()
        word = self._peek()
        if word in {"==", "!=", "<", "<=", ">", ">="}:
            self._at += 1
            return Compare(word, left, self._value())
        if self._take("is"):
            denied = self._take("not")
            self._expect("known")
            return Not(Known(left)) if denied else Known(left)
        denied = word == "not" and self._take("not")
        if denied or self._peek() == "in":
            self._expect("in")
            found = Compare("in", left, self._list() if self._peek() == "[" else self._value())
            return Not(found) if denied else found
        return left

    def _list(self) -> Literal:
        self._expect("[")
        items: list[Literal] = []
        while True:
            kind, word, _ = self._next()
            if kind not in _LITERALS:
                self._at -= 1
                raise self._error("列表里只能写值")
            items.append(_literal(kind, word))
            if self._take("]"):
                break
            self._expect(",")
        if len({item.type for item in items}) > 1:
            raise ParseError("列表里的值类型不一")
        return Literal(tuple(item.value for item in items), f"list:{items[0].type}")

    def _value(self) -> Node:
        node = self._atom()
        while self._peek() in {"+", "-"}:
            sign = 1 if self._next()[1] == "+" else -1
            kind, word, _ = self._next()
            if kind != "duration":
                self._at -= 1
                raise self._error("加减之后应当是 30d、6m、1y 这样的时长")
            node = Shift(node, sign, int(word[:-1]), word[-1])
        return node

    def _atom(self) -> Node:
        kind, word, _ = self._next()
        if word == "(":
            node = self._chain("or")
            self._expect(")")
            return node
        if kind in _LITERALS:
            return _literal(kind, word)
        if kind == "word" and word in {"true", "false"}:
            return Literal(word == "true", "bool")
        if kind == "word" and word not in {"and", "or", "not", "in", "is", "known"}:
            return Name(word)
        self._at -= 1
        raise self._error("这里应当是一个值或名称")
