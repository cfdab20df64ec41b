"""What nobody types in earnest; each was, or might be, a trap that takes minutes or ends in a traceback."""

import pytest

HOSTILE = [
    pytest.param("s" * 100_000, id="plural of a plural"),
    pytest.param("a\u0323\u0301" * 50_000, id="accents"),
    pytest.param("a" + "\u0301\u0323" * 50_000, id="accents on one letter"),
    pytest.param("iv" * 50_000 + "e", id="numeral"),
    pytest.param("1" * 100_000 + "er", id="ordinal"),
    pytest.param("0" * 99_999 + "1", id="leading zeros"),
    pytest.param("a " * 50_000, id="one word many times"),
    pytest.param("bois " * 20_000, id="one word that occurs many times"),
    pytest.param(" ".join(map(str, range(20_000))), id="many words"),
    pytest.param("campus des métiers et des qualifications " * 2_500, id="title many times"),
    pytest.param("&" * 100_000, id="ampersands"),
    pytest.param("('" * 50_000, id="brackets"),
    pytest.param("abcdefghijklmnopqrstuvwxyz " * 7, id="as long as it may be"),
    pytest.param("\udc80" * 1_000, id="lone surrogates"),
    pytest.param("\x00\x1b[31m\r\n\t\u202e", id="control codes"),
    pytest.param("👩‍👧" * 30_000, id="emoji"),
    pytest.param("学校" * 3_000, id="another script"),
    pytest.param(r".*+?[](){}|^$\%s{typed}{0}", id="patterns"),
    pytest.param(" " * 100_000, id="spaces"),
    pytest.param("", id="nothing"),
]
