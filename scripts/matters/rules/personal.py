"""A message that leaves the system neither holds nor asks for an ID number, an account or a cause of death.

What may be filled in stands in the rule of placeholders; this is about the words around it.
"""

from __future__ import annotations

import re

from ..place import Place, Report
from ..problem import quote

WORDS = (
    "身份证",
    "证件号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "卡号",
    "银行卡",
    "社保卡",
    "死因",
    "死亡原因",
    "去世原因",
    "病因",
)
# Twelve digits or more: longer than any telephone number.
NUMBER = re.compile(r"(?:[0-9０-９][ -]?){11,}[0-9０-９Xx]")


def check(place: Place, report: Report) -> None:
    for slug, message in place["messages"].items():
        for key in ("subject", "text"):
            text = message[key] or ""
            found = [word for word in WORDS if word in text] + NUMBER.findall(text)
            if found:
                what = f"发出去的消息里不能有{quote(found[0])}"
                report.say(("messages", slug, key), what, "身份证号、账号、死因都不写在消息里，也不请对方回复这些")
