"""What is said of a file that is no JSON: where, why, and how to mend it, for those who edit it by hand."""

import pytest

from cmq_cli.document import parse
from cmq_cli.reading import DamagedError

COMMA = ("A comma or a closing bracket is missing here.", 'Add it; a double quote inside a text is written \\".')
QUOTES = ("A text stands in straight double quotes.", 'Write " before and after it.')
COMMENT = ("JSON has no comments.", "Remove it; what must be said can stand in notes.")
WORD = ("A word stands here without quotes.", 'Write " before and after it; only true, false and null have none.')
TOO_MANY = ("There is a comma too many.", "Remove it.")
NO_END = ("The text has no end on its line.", "Close it with a double quote; a line break inside is written \\n.")
NO_NAME = ("The name of a field in double quotes is missing here.", "Write it.")
TOO_DEEP = ("Brackets stand inside brackets too deep.", "A registry has 6 levels of them; see: cmq schema")
CONFLICT = (
    "Git has left two versions here.",
    "Keep one, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.",
)
ENDS = ("The file ends in the middle.", "Get the whole file again, or close what is open.")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('{\n  "city": "Dole"\n  "wave": 4\n}', "line 2, column 17", COMMA),
        ('{"name": "Micro "technique""}', "line 1, column 18", COMMA),
        (
            '{"members": [1, 2 }',
            "line 1, column 19",
            ("A list is not closed before this bracket.", "Remove it, or write ] before it."),
        ),
        (
            '{"a": [{"b": 1 ]}',
            "line 1, column 16",
            ("An object is not closed before this bracket.", "Remove it, or write } before it."),
        ),
        ('{"wave": 4,\n}', "line 2, column 1", TOO_MANY),
        ('{"members": [1,]}', "line 1, column 16", TOO_MANY),
        ('{"wave": 4,, "city": null}', "line 1, column 12", TOO_MANY),
        ('{// siège\n"city": 1}', "line 1, column 2", COMMENT),
        ('{"city": 1, # siège\n"wave": 1}', "line 1, column 13", COMMENT),
        ('{"city": /* siège */ 1}', "line 1, column 10", COMMENT),
        ("{'city': 1}", "line 1, column 2", QUOTES),
        ('{"city": “Dole”}', "line 1, column 10", QUOTES),
        ('{"city": « Dole »}', "line 1, column 10", QUOTES),
        ('{"city": Dole}', "line 1, column 10", WORD),
        ('{"excellence": True}', "line 1, column 16", WORD),
        ('{"members": [Dole]}', "line 1, column 14", WORD),
        ('{"city": "Dole"; "wave": 4}', "line 1, column 16", ("JSON has no semicolons.", "Write a comma.")),
        ('{"latitude": 47,2488}', "line 1, column 17", ("A number has a decimal comma.", "Write a point: 47.2488")),
        ('{"value": 10 000}', "line 1, column 14", ("A number has a space in it.", "Write it without: 10000")),
        (
            '{"code": 01}',
            "line 1, column 11",
            ("A number begins with 0.", 'Remove the 0; a code stands in double quotes: "01"'),
        ),
        ('{"city": "Dole\n}', "line 1, column 15", NO_END),
        ('{"city": "Dole\r\n}', "line 1, column 15", NO_END),
        ('{"city": "Do\tle"}', "line 1, column 13", ("A tab stands inside a text.", "Write a space, or \\t.")),
        (
            '{\0"city": 1}',
            "line 1, column 2",
            ("An invisible character stands here: control code, U+0000.", "Remove it."),
        ),
        (
            '{"city": "D\0"}',
            "line 1, column 12",
            ("An invisible character stands here: control code, U+0000.", "Remove it."),
        ),
        (
            '{\u00a0"city": 1}',
            "line 1, column 2",
            ("An invisible character stands here: NO-BREAK SPACE, U+00A0.", "Remove it."),
        ),
        (
            '{"a": 1 \ufeff}',
            "line 1, column 9",
            ("An invisible character stands here: ZERO WIDTH NO-BREAK SPACE, U+FEFF.", "Remove it."),
        ),
        (
            '{"path": "C:\\data"}',
            "line 1, column 13",
            ("A backslash in a text isn't followed by what JSON knows.", "Write two backslashes for one."),
        ),
        (
            '{"city" = 1}',
            "line 1, column 9",
            ("A colon is missing here, between the name of a field and its value.", "Add it."),
        ),
        (
            '{"city"}',
            "line 1, column 8",
            ("A colon is missing here, between the name of a field and its value.", "Add it."),
        ),
        ("{city: 1}", "line 1, column 2", NO_NAME),
        (
            '{"city": }',
            "line 1, column 10",
            ("A value is missing here, or isn't written as JSON.", "Write a value, or null."),
        ),
        (
            '{"a": 1}}',
            "line 1, column 9",
            (
                "Something follows after the end of the registry.",
                "Remove it, or the closing bracket too many before it.",
            ),
        ),
        ('{"a": 1,\n<<<<<<< HEAD\n"b": 2\n=======\n"b": 3\n>>>>>>> mine\n}', "line 2, column 1", CONFLICT),
        ('{"a": 1\n=======\n}', "line 2, column 1", CONFLICT),
        ('{"a": 1,\n>>>>>>> mine\n}', "line 2, column 1", CONFLICT),
        (
            '{"wave":\n ' + "9" * 1001 + "}",
            "line 2, column 2",
            ("A number has 1,001 digits.", "Correct it; no number of a registry has more than fifteen."),
        ),
        ('{"a]": "[[\\"[[[",\n "b": [{}, [' + "[" * 100_000, "line 2, column 16", TOO_DEEP),
        ('{"a": [1', "line 1, column 9", ENDS),
        ('{"a":', "line 1, column 6", ENDS),
        (
            '{"a": "Dole',
            "line 1, column 7",
            ("The text that begins here has no end.", "Close it with a double quote, or get the whole file again."),
        ),
    ],
)
def test_a_person_is_told_where_why_and_what_to_do(text, place, reason):
    with pytest.raises(DamagedError) as error:
        parse(bytearray(text.encode()))
    assert (error.value.place, (error.value.message, error.value.remedy)) == (place, reason)
