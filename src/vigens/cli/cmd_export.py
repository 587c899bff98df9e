"""`vigens export CASE [FILE]`, `--bundle FILE --audience NAME`, and `--format NAME`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.cli.options import add_json, add_lens
from vigens.cli.output import dump, say, tell, tell_part

if TYPE_CHECKING:
    from collections.abc import Iterator

#: After so many entries, and again after as many, an export says how far it is.
_TELLS_EACH = 100_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "case", metavar="CASE", help="the case folder, or a journal file"
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="where to (default: stdout)"
    )
    parser.add_argument(
        "--bundle",
        metavar="FILE",
        help="write a bundle instead: entries for one audience, with proofs and a "
        "signature",
    )
    parser.add_argument(
        "--without-documents",
        action="store_true",
        help="leave out the documents that the entries of the bundle tell of",
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that exists"
    )
    parser.add_argument(
        "--reader",
        "--audience",
        metavar="NAME",
        help="leave out what this reader may not see (default: all, the whole journal; "
        "of a bundle or another format: public)",
    )
    add_json(parser)
    parser.add_argument(
        "--format",
        choices=("ical", "atom", "csv", "csvw", "parquet", "geojson", "prov", "iati"),
        metavar="NAME",
        help="write what the case answers instead of its journal: ical, atom, csv, "
        "csvw (the data dictionary), parquet, geojson, prov or iati; with the lens in it",
    )
    parser.add_argument(
        "--table",
        metavar="NAME",
        default="",
        help="of csv and parquet: states, matrix, obligations, steps, counts, offers, "
        "money, meetings, claims or entries",
    )
    add_lens(parser, with_reader=False)


def run(args: argparse.Namespace) -> int:
    """Write the entries, one line each; the same journal always gives the same bytes."""
    from vigens.desk import export_journal, write_export
    from vigens.journal import ALL

    if args.format:
        return _format(args)
    if args.table:
        raise UsageError(
            "a table is of csv or parquet",
            f"--table {args.table}",
            "write --format csv as well",
        )
    if args.bundle:
        return _bundle(args)
    if args.json and not args.file:
        raise UsageError(
            "what goes to stdout is the export itself, a JSON object a line",
            "vigens export --json",
            "leave --json out, or name a FILE",
        )
    lines = export_journal(args.case, args.clock, reader=args.reader or ALL)
    if args.file:
        n_entries = 0

        def counted() -> Iterator[bytes]:
            nonlocal n_entries
            for line in lines:
                n_entries += 1
                if n_entries % _TELLS_EACH == 0:
                    tell(f"{n_entries:,} entries written")
                yield line

        n_bytes = write_export(args.file, counted(), is_forced=args.force)
        if args.json:
            dump({"file": args.file, "entries": n_entries, "bytes": n_bytes})
        else:
            say(f"{args.file}: {n_entries} entries, {n_bytes:,} bytes")
        return 0
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    return 0


def _bundle(args: argparse.Namespace) -> int:
    """Write what an audience may see, with proofs."""
    from vigens.desk import export_bundle
    from vigens.journal import PUBLIC

    if args.file:
        raise UsageError(
            "a bundle and an export are two files",
            f"vigens export {args.case} {args.file} --bundle {args.bundle}",
            "leave one of the two out",
        )
    done = export_bundle(
        args.case,
        args.clock,
        args.bundle,
        audience=args.reader or PUBLIC,
        with_documents=not args.without_documents,
        is_forced=args.force,
        progress=tell_part("written"),
    )
    if args.json:
        dump(
            {
                "file": str(done.file),
                "logs": {head.log: head.size for head in done.heads},
                "documents": done.n_documents,
                "bytes": done.n_bytes,
                "key": done.heads[0].key,
            }
        )
        return 0
    logs = ", ".join(f"{head.log} ({head.size})" for head in done.heads)
    say(f"{done.file}: {logs}, {done.n_documents} documents, {done.n_bytes:,} bytes")
    say(f"  signed by {done.heads[0].key}")
    return 0


def _format(args: argparse.Namespace) -> int:
    """Write what the case answers, as other programs read it."""
    from vigens.cli.options import looking, open_session
    from vigens.desk.outgoing import read_news, write_out
    from vigens.journal import PUBLIC

    if args.bundle:
        raise UsageError(
            "a bundle has a format of its own",
            f"--format {args.format} --bundle {args.bundle}",
            "leave one of the two out",
        )
    args.reader = args.reader or PUBLIC
    session = open_session(args)
    news = None
    if args.format == "atom":
        news = read_news(session.whole, looking(args))
    found = write_out(session, args.format, table=args.table, news=news)
    if args.file:
        from vigens.desk import write_export

        n_bytes = write_export(args.file, (found.body,), is_forced=args.force)
        if args.json:
            dump({"file": args.file, "format": args.format, "bytes": n_bytes})
        else:
            say(f"{args.file}: {found.media_type}, {n_bytes:,} bytes")
        return 0
    sys.stdout.flush()
    sys.stdout.buffer.write(found.body)
    sys.stdout.buffer.flush()
    return 0
