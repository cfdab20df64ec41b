"""Blocks in a pipe: a line per record, whole, aligned, and nothing that a terminal would obey."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cmq_cli.output.answer import Column, Drawing, Facts, Heading, Prose, Span, Table
from cmq_cli.output.plain import as_plain

HOSTILE = "a\x1b[31mred\x07 [bold]b[/] \x9bx\u202ey\u2028z\tt\r\n:smile:"
texts = st.one_of(
    st.sampled_from([HOSTILE, "", "Besançon", "機電一体化", "e\u0301te\u0301", "10\u202f000"]), st.text(max_size=12)
)
cells = st.one_of(texts, st.lists(st.builds(Span, texts), max_size=3).map(tuple))


def test_a_page_reads_like_one():
    page = [
        Heading((Span("Bois", "bold"),)),
        Facts([("Id", "bois"), ("Website", (Span("https://b.fr", "cyan", "https://b.fr"), Span(" [1]", "dim")))]),
        Prose("One long paragraph, " * 20 + "here.\nNotes: none."),
        Prose("« non »", title="Evidence", mark="[1] "),
        Prose("two", mark="[2] "),
        Table([Column("Id"), Column("Wave", right=True), Column("Note")], [[(Span("bois"), Span("\n2013")), "4", "–"]]),
        Drawing(["  ⠿", "⠿"]),
    ]
    paragraph = "One long paragraph, " * 20 + "here.\nNotes: none.\n"
    assert as_plain(page) == (
        f"Bois\nId       bois\nWebsite  https://b.fr [1]\n\n{paragraph}\nEvidence\n[1] « non »\n[2] two\n\n"
        "ID         WAVE  NOTE\nbois 2013     4  –\n\n  ⠿\n⠿\n"
    )


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5), st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_table_is_a_header_and_a_line_per_row_whatever_is_in_it(rows, right):
    columns = [Column(name, flag) for name, flag in zip(("id", "Name", "wave"), right, strict=True)]
    text = as_plain([Table(columns, rows)])
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == len(rows) + 1
    assert lines[0].split() == ["ID", "NAME", "WAVE"]
    assert all(line == line.rstrip(" ") for line in lines)
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") and char != "\n"]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    ends = as_plain([Table([*columns[:2], Column("end")], [[*row[:2], "end"] for row in rows])]).splitlines()
    assert len({line.lower().rindex("end") for line in ends}) == 1
