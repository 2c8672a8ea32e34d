"""One command line for everything; a face is imported only when its command runs."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence

from counter_app import __version__
from counter_app.commands.output import print_problems
from counter_app.commands.registry import EXIT_BUG, EXIT_DEVICE, EXIT_REFUSED, Command, verbs_for
from counter_app.problems import Problem, Problems

DESCRIPTION = """\
一窗 (OneWindow): the comprehensive counter of a medical-insurance service hall.

Every verb takes --data DIR, the folder under which everything that touches a person lies.
Verbs that list or show take --json: standard output is then one bare UTF-8 document.
Refusals go to standard error as {"problems": [{code, title, cause, advice, retry, where}]}.
"""
EPILOG = """\
exit status
  0  done
  1  refused, or a check is red
  2  wrong usage
  3  a device or the network did not answer
  4  a fault of this program

examples
  counter-app demo                         open the demo hall in a fresh folder
  counter-app rehearse day.toml --out out  play a scripted day without a screen
  counter-app cases list --data DIR --json read what was accepted, from any process
"""


def parser(verbs: dict[str, Command]) -> argparse.ArgumentParser:
    """Build the parser from the verbs found."""
    top = argparse.ArgumentParser(
        prog="counter-app",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=__version__)
    below = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, command in sorted(verbs.items()):
        one = below.add_parser(
            name,
            help=command.help,
            description=command.help,
            epilog=command.manual,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(one)
        one.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    arguments = _parsed(parser(verbs_for(words[0] if words else "")), words)
    try:
        return int(arguments.run(arguments))
    except Problem as problem:
        print_problems([problem])
        return EXIT_DEVICE if problem.retry else EXIT_REFUSED
    except Problems as several:
        print_problems(several.problems)
        return EXIT_REFUSED
    except (KeyboardInterrupt, BrokenPipeError):
        return EXIT_REFUSED
    except Exception:
        traceback.print_exc()
        return EXIT_BUG


def _parsed(top: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse; a verb's free words may also stand after its options, which argparse alone does not allow."""
    arguments, late = top.parse_known_args(argv)
    if late and (
        not hasattr(arguments, "words") or any(word.startswith("-") for word in late if word != "-")
    ):
        top.error("unrecognized arguments: " + " ".join(late))
    if late:
        arguments.words = [*arguments.words, *late]
    return arguments


if __name__ == "__main__":
    sys.exit(main())
